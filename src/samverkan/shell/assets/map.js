// A drawn map becomes one that moves: same areas, classes and colours. Without this file, or where the
// browser has no WebGL, the drawing stands. Selection is shared with the table below the map.
import { Map as Globe, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";

const COLOURS = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];
const NONE = "#e4e7e9";
const INK = "#1b2a33";

for (const figure of document.querySelectorAll("[data-map]")) begin(figure);

async function begin(figure) {
  const told = JSON.parse(figure.dataset.map);
  follow(figure);
  if (!document.createElement("canvas").getContext("webgl2")) return;
  setWorkerUrl(figure.dataset.worker);
  const answer = await fetch(figure.dataset.boundaries);
  if (!answer.ok) return;
  const ground = await answer.json();
  const room = document.createElement("div");
  room.className = "map__moving";
  room.hidden = true;
  figure.querySelector(".map__drawn").after(room);
  show(figure, room, told, ground);
}

function show(figure, room, told, ground) {
  room.hidden = false;
  const map = new Globe({
    container: room,
    style: style(told, ground),
    bounds: told.bounds,
    fitBoundsOptions: { padding: 48, animate: false, maxZoom: 13 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 16,
    locale: told.words,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  for (const area of told.areas.features) name(map, area);
  map.once("load", () => {
    figure.classList.add("map--moves");
    const canvas = map.getCanvas();
    canvas.setAttribute("aria-label", figure.getAttribute("aria-label"));
    canvas.setAttribute("role", "img");
    figure.dispatchEvent(new CustomEvent("samverkan:map", { bubbles: true }));
  });
  map.on("error", () => {});
  const layers = ["areas", "municipalities"];
  map.on("mousemove", (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers });
    room.title = found ? label(figure, found.properties.code) : "";
    map.getCanvas().style.cursor = found && row(figure, found.properties.code) ? "pointer" : "";
  });
  map.on("click", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers });
    const hit = found.find((one) => row(figure, one.properties.code));
    if (hit) select(figure, hit.properties.code, true);
  });
  figure.addEventListener("samverkan:selected", (event) => {
    map.setFilter("chosen", ["==", ["get", "code"], event.detail]);
    map.setFilter("chosen-area", ["==", ["get", "code"], event.detail]);
  });
}

// Names are elements over the map: letters drawn in it would have to be fetched.
function name(map, area) {
  const points = area.geometry.coordinates.flat(2);
  const xs = points.map(([x]) => x);
  const south = Math.min(...points.map(([, y]) => y));
  const element = document.createElement("span");
  element.className = "map__name";
  element.textContent = area.properties.label;
  element.setAttribute("aria-hidden", "true");
  new Marker({ element, anchor: "top" })
    .setLngLat([(Math.min(...xs) + Math.max(...xs)) / 2, south])
    .addTo(map);
}

function style(told, ground) {
  const level = { ...told.levels };
  for (const one of ground.features) one.properties.level = level[one.properties.code] ?? -1;
  const fill = ["match", ["get", "level"], ...COLOURS.flatMap((c, at) => [at, c]), NONE];
  const line = (id, source, width, filter) => ({
    id, source, type: "line",
    paint: { "line-color": INK, "line-width": width },
    ...(filter ? { filter } : {}),
  });
  const nobody = ["==", ["get", "code"], ""];
  return {
    version: 8,
    sources: {
      municipalities: { type: "geojson", data: ground },
      areas: { type: "geojson", data: told.areas },
    },
    layers: [
      { id: "municipalities", type: "fill", source: "municipalities", paint: { "fill-color": fill } },
      { ...line("borders", "municipalities", 0.4) },
      { id: "areas", type: "fill", source: "areas",
        paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.75 } },
      line("outlines", "areas", 1.2),
      line("chosen", "municipalities", 3, nobody),
      line("chosen-area", "areas", 4, nobody),
    ],
  };
}

// A row of the table and its area are one: pressing either marks both.
function follow(figure) {
  const table = document.getElementById(figure.dataset.table);
  for (const drawn of figure.querySelectorAll("[data-code]")) {
    drawn.addEventListener("click", (event) => {
      if (!row(figure, drawn.dataset.code)) return;
      event.preventDefault();
      select(figure, drawn.dataset.code, true);
    });
  }
  for (const one of table?.querySelectorAll("tr[data-code]") ?? []) {
    one.addEventListener("click", () => select(figure, one.dataset.code, false));
    one.addEventListener("focusin", () => select(figure, one.dataset.code, false));
  }
}

function row(figure, code) {
  const table = document.getElementById(figure.dataset.table);
  return table?.querySelector(`tr[data-code="${CSS.escape(String(code))}"]`) ?? null;
}

function label(figure, code) {
  const drawn = figure.querySelector(`[data-code="${CSS.escape(String(code))}"] title`);
  return drawn?.textContent ?? "";
}

function select(figure, code, scroll) {
  const table = document.getElementById(figure.dataset.table);
  for (const one of table?.querySelectorAll("tr.is-chosen") ?? []) one.classList.remove("is-chosen");
  for (const one of figure.querySelectorAll(".is-chosen")) one.classList.remove("is-chosen");
  const chosen = row(figure, code);
  chosen?.classList.add("is-chosen");
  if (scroll) chosen?.scrollIntoView({ block: "nearest" });
  figure.querySelector(`[data-code="${CSS.escape(String(code))}"]`)?.classList.add("is-chosen");
  figure.dispatchEvent(new CustomEvent("samverkan:selected", { detail: code }));
}
