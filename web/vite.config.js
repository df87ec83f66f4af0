import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig } from "vite";

const require = createRequire(import.meta.url);

/** Classic scripts, so that the same build works from a web server and from a folder opened as file://. */
function classicScripts() {
  return {
    name: "classic-scripts",
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html
          .replace(/<script type="module" crossorigin src=/g, "<script defer src=")
          .replace(/<link rel="stylesheet" crossorigin/g, '<link rel="stylesheet"'),
    },
  };
}

/** MapLibre as it ships, beside the page: loaded once the first picture stands, and never asked of another host. */
function mapLibrary() {
  return {
    name: "map-library",
    generateBundle() {
      const file = require.resolve("maplibre-gl");
      const source = readFileSync(file, "utf8").replace(/\/\/# sourceMappingURL=.*$/m, "");
      this.emitFile({ type: "asset", fileName: "assets/maplibre-gl.js", source });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [classicScripts(), mapLibrary()],
  build: {
    outDir: process.env.ZUBDA_PAGE_OUT ?? "../src/zubda/server/page",
    emptyOutDir: true,
    modulePreload: false,
    cssCodeSplit: false,
    target: "es2022",
    rolldownOptions: {
      external: [],
      output: {
        format: "iife",
        entryFileNames: "assets/page.js",
        assetFileNames: "assets/[name][extname]",
      },
    },
  },
});
