import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

/** Libraries as they ship, beside the page: loaded once the first picture stands, and never asked of another host. */
function libraries() {
  const files = {
    "maplibre-gl.js": require.resolve("maplibre-gl"),
    "pmtiles.js": join(dirname(require.resolve("pmtiles/package.json")), "dist", "pmtiles.js"),
  };
  return {
    name: "libraries",
    generateBundle() {
      for (const [name, file] of Object.entries(files)) {
        const source = readFileSync(file, "utf8").replace(/\/\/# sourceMappingURL=.*$/m, "");
        this.emitFile({ type: "asset", fileName: `assets/${name}`, source });
      }
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [classicScripts(), libraries()],
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
