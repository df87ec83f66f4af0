/** MapLibre, loaded as a script of its own after the first picture: once, from beside the page. */

import type * as MapLibre from "maplibre-gl";

declare global {
  interface Window {
    maplibregl?: typeof MapLibre;
  }
}

let loading: Promise<typeof MapLibre> | null = null;

export function mapLibrary(): Promise<typeof MapLibre> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "assets/maplibre-gl.js";
    script.onload = () => (window.maplibregl ? resolve(window.maplibregl) : reject(new Error("MapLibre did not start")));
    script.onerror = () => reject(new Error("MapLibre is not there"));
    document.head.append(script);
  });
  return loading;
}

let webgl: boolean | null = null;

/** Whether this browser can draw with WebGL 2 at all. */
export function hasWebGl(): boolean {
  if (webgl === null) {
    try {
      const context = document.createElement("canvas").getContext("webgl2");
      webgl = context !== null;
      context?.getExtension("WEBGL_lose_context")?.loseContext();
    } catch {
      webgl = false;
    }
  }
  return webgl;
}
