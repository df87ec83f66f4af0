/** The camera in Web Mercator, as MapLibre has it: at zoom z the world is 512 * 2^z pixels wide. */

import type { Camera } from "../state/view";

const TILE = 512;

export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

export function mercatorY(lat: number): number {
  const bounded = Math.max(-85.0511, Math.min(85.0511, lat));
  return (1 - Math.asinh(Math.tan((bounded * Math.PI) / 180)) / Math.PI) / 2;
}

export function longitudeOf(x: number): number {
  return x * 360 - 180;
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** From degrees to pixels of a picture `width` by `height` whose middle is the camera. */
export function projector(camera: Camera, width: number, height: number): (lon: number, lat: number) => [number, number] {
  const scale = TILE * 2 ** camera.zoom;
  const left = mercatorX(camera.lon) * scale - width / 2;
  const top = mercatorY(camera.lat) * scale - height / 2;
  return (lon, lat) => [mercatorX(lon) * scale - left, mercatorY(lat) * scale - top];
}

/** The camera after the picture was dragged by `dx`, `dy` pixels. */
export function dragged(camera: Camera, dx: number, dy: number): Camera {
  const scale = TILE * 2 ** camera.zoom;
  return {
    lon: longitudeOf(mercatorX(camera.lon) - dx / scale),
    lat: latitudeOf(mercatorY(camera.lat) - dy / scale),
    zoom: camera.zoom,
  };
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The camera that shows `bounds` whole, with `margin` pixels around. */
export function fitting(bounds: Bounds, width: number, height: number, margin = 24): Camera {
  const [west, south, east, north] = bounds;
  const x = [mercatorX(west), mercatorX(east)] as const;
  const y = [mercatorY(north), mercatorY(south)] as const;
  const room = (pixels: number) => Math.max(40, pixels - 2 * margin);
  const across = Math.log2(room(width) / (TILE * Math.max(1e-9, x[1] - x[0])));
  const down = Math.log2(room(height) / (TILE * Math.max(1e-9, y[1] - y[0])));
  return {
    lon: longitudeOf((x[0] + x[1]) / 2),
    lat: latitudeOf((y[0] + y[1]) / 2),
    zoom: Math.max(1, Math.min(15, across, down)),
  };
}

/** What a picture of this size shows. */
export function boundsOf(camera: Camera, width: number, height: number): Bounds {
  const scale = TILE * 2 ** camera.zoom;
  const [x, y] = [mercatorX(camera.lon), mercatorY(camera.lat)];
  const [across, down] = [width / 2 / scale, height / 2 / scale];
  return [
    Math.max(-180, longitudeOf(x - across)),
    latitudeOf(Math.min(1, y + down)),
    Math.min(180, longitudeOf(x + across)),
    latitudeOf(Math.max(0, y - down)),
  ];
}

export function sameCamera(a: Camera | null, b: Camera | null): boolean {
  if (!a || !b) return a === b;
  return Math.abs(a.lon - b.lon) < 1e-6 && Math.abs(a.lat - b.lat) < 1e-6 && Math.abs(a.zoom - b.zoom) < 1e-4;
}
