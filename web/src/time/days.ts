/** Days as whole numbers: days since 1970-01-01, in no time zone. */

const MS_PER_DAY = 86_400_000;

/** The day number of ISO text such as `2012-08-08`, or null if it is no day. */
export function dayOf(iso: string | null | undefined): number | null {
  if (!iso || !/^-?\d{4,6}-\d{2}-\d{2}$/.test(iso)) return null;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(ms) || isoOf(ms / MS_PER_DAY) !== iso ? null : Math.round(ms / MS_PER_DAY);
}

export function isoOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

export function dateOf(day: number): Date {
  return new Date(day * MS_PER_DAY);
}

/** The first day of the month that holds `day`, moved by `months`. */
export function monthStart(day: number, months = 0): number {
  const date = dateOf(day);
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / MS_PER_DAY);
}

export function yearStart(day: number, years = 0): number {
  return Math.round(Date.UTC(dateOf(day).getUTCFullYear() + years, 0, 1) / MS_PER_DAY);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
