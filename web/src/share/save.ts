/** Hands a file to the reader. */

export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages opened from a folder have no clipboard of their own; the older way asks for a selection.
    const area = document.createElement("textarea");
    area.value = text;
    document.querySelector("dialog[open]")?.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
