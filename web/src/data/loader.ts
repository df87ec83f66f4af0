/** Reads resources by path: by fetch from a server, by classic scripts in a published folder. Both give the same values. */

import type { Column, Table } from "./types";

export class ResourceError extends Error {
  constructor(
    readonly path: string,
    readonly detail: string,
  ) {
    super(`${path}: ${detail}`);
  }
}

declare global {
  interface Window {
    zubdaData?: (path: string, value: unknown) => void;
  }
}

/** Whether the page lies in a folder, where resources come as scripts. */
export const byScript = document.querySelector('meta[name="zubda-data"]')?.getAttribute("content") === "script";
const delivered = new Map<string, unknown>();

if (byScript) window.zubdaData = (path, value) => delivered.set(path, value);

const kept = new Map<string, Promise<unknown>>();

/** The resource at `path`, loaded once. A failed load is forgotten, so that asking again tries again. */
function once<Value>(path: string, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(path);
  if (known) return known as Promise<Value>;
  const loading = load();
  kept.set(path, loading);
  loading.catch(() => kept.delete(path));
  return loading;
}

export function json<Value>(path: string): Promise<Value> {
  return once(path, async () =>
    byScript ? (injected(path) as Promise<Value>) : ((await fetched(path)).json() as Promise<Value>),
  );
}

export function bytes(path: string): Promise<ArrayBuffer> {
  return once(path, async () =>
    byScript ? unpacked((await injected(path)) as string) : (await fetched(path)).arrayBuffer(),
  );
}

/** A table of columns: `<path>.json` names the columns, `<path>.bin` holds them. */
export async function table(path: string): Promise<Table> {
  const [head, body] = await Promise.all([json<TableHead>(`${path}.json`), bytes(`${path}.bin`)]);
  const views = new Map<string, Column>();
  for (const [name, { type, offset, length }] of Object.entries(head.columns)) {
    views.set(name, new ARRAYS[type](body, offset, length));
  }
  return {
    count: head.count,
    chunk: head.chunk,
    column: (name) => {
      const found = views.get(name);
      if (!found) throw new ResourceError(path, `has no column ${name}`);
      return found;
    },
  };
}

interface TableHead {
  count: number;
  chunk: number;
  columns: Record<string, { type: keyof typeof ARRAYS; offset: number; length: number }>;
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, int32: Int32Array } as const;

/** Of the resources under a folder keep the `most` that were loaded last; a forgotten one is loaded again when it is needed. */
export function forgetAllBut(prefix: string, most: number): void {
  const paths = [...kept.keys()].filter((path) => path.startsWith(prefix));
  for (const path of paths.slice(0, Math.max(0, paths.length - most))) kept.delete(path);
}

async function fetched(path: string): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`data/${path}`, { credentials: "same-origin" });
  } catch {
    throw new ResourceError(path, "no answer");
  }
  if (!answer.ok) throw new ResourceError(path, `status ${answer.status}`);
  return answer;
}

function injected(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `data/${path}.js`;
    script.onload = () => {
      script.remove();
      if (!delivered.has(path)) return reject(new ResourceError(path, "the file is empty"));
      const value = delivered.get(path);
      delivered.delete(path);
      resolve(value);
    };
    script.onerror = () => {
      script.remove();
      reject(new ResourceError(path, "no such file"));
    };
    document.head.append(script);
  });
}

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
