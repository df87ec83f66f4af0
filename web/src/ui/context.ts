/** What every component may ask for: the chronicle, a value that is still loading, whether it is dark. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Chronicle } from "../data/chronicle";
import type { Geometry } from "../map/geometry";
import { useView } from "../state/store";

export interface World {
  chronicle: Chronicle;
  geometry: Geometry;
}

export const WorldContext = createContext<World | null>(null);

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error("there is no chronicle yet");
  return world;
}

export type Loading<Value> = { value: Value; error: null } | { value: null; error: Error | null };

/** The value that `load` gives, again for each change of `keys`. What was shown stays until the new value is there. */
export function useLoaded<Value>(load: () => Promise<Value>, keys: readonly unknown[]): Loading<Value> {
  const [state, setState] = useState<Loading<Value>>({ value: null, error: null });
  useEffect(() => {
    let wanted = true;
    load().then(
      (value) => wanted && setState({ value, error: null }),
      (error: Error) => wanted && setState({ value: null, error }),
    );
    return () => {
      wanted = false;
    };
  }, keys);
  return state;
}

const system = matchMedia("(prefers-color-scheme: dark)");

export function useDark(): boolean {
  const theme = useView((view) => view.theme);
  const [dark, setDark] = useState(system.matches);
  useEffect(() => {
    const listen = () => setDark(system.matches);
    system.addEventListener("change", listen);
    return () => system.removeEventListener("change", listen);
  }, []);
  return theme === "auto" ? dark : theme === "dark";
}

/** Width and height of an element in pixels, as they change. */
export function useSize(element: { current: HTMLElement | null }): readonly [number, number] {
  const [size, setSize] = useState<readonly [number, number]>([0, 0]);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = () => setSize((now) => (now[0] === node.clientWidth && now[1] === node.clientHeight ? now : [node.clientWidth, node.clientHeight]));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return size;
}
