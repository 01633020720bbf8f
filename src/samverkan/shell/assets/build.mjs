// Bundles the shell's styles, script and fonts under hashed names, and writes the manifest that
// src/samverkan/shell/bundle.py reads. Run by `npm run build`.
import { build } from "esbuild";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "..", "..", "..", "..");
const out = path.join(here, "..", "static", "dist");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: [
    "shell.css",
    "shell.js",
    "mark.svg",
    "map.js",
    "map.css",
    "boundaries/municipalities.geojson",
    "boundaries/counties.geojson",
    "boundaries/ground.json",
    // The map's worker, served from our own origin: the policy lets no page make one out of a text.
    path.join(root, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"),
  ],
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022", "chrome120", "firefox120", "safari17"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy", ".geojson": "copy", ".json": "copy" },
  legalComments: "none",
  logLevel: "warning",
});

const names = {};
const files = [];
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const name = path.basename(file);
  files.push(name);
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  if (source) names[path.basename(source)] = name;
}
const manifest = { names, files: files.sort() };
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1));
