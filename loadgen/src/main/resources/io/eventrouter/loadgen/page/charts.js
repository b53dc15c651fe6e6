// Draws every chart of the page from the JSON inside of its figure: on the screen, and once more for paper.

const PAPER_WIDTH = 680;
const PAPER_SHARPNESS = 3;
const dark = matchMedia("(prefers-color-scheme: dark)");

const charts = [...document.querySelectorAll("figure.chart")].map(figure => ({
  chart: JSON.parse(figure.querySelector("script").textContent),
  holder: figure.querySelector(".plot"),
  plot: null,
  width: 0,
  theme: null,
}));
// Going to paper changes size and colour scheme as well, and they come back afterwards.
let isPrinting = false;

function draw(chart, holder, width, theme, k, isPaper) {
  return (chart.kind === "lines" ? linePlot : rowPlot)(chart, holder, width, theme, k, isPaper);
}

function show(entry) {
  const theme = dark.matches ? DARK : LIGHT;
  const width = entry.holder.clientWidth;
  if (isPrinting || width === 0 || width === entry.width && theme === entry.theme) {
    return;
  }
  entry.plot?.destroy();
  entry.holder.replaceChildren();
  const screen = element("div", "screen");
  entry.holder.append(screen);
  entry.width = width;
  entry.theme = theme;
  entry.plot = draw(entry.chart, screen, width, theme, 1, false);
}

function beginPrint() {
  isPrinting = true;
  for (const entry of charts) {
    const paper = element("div", "paper");
    entry.holder.append(paper);
    entry.holder.classList.add("printing");
    draw(entry.chart, paper, PAPER_WIDTH, LIGHT, PAPER_SHARPNESS / uPlot.pxRatio, true);
  }
}

function endPrint() {
  isPrinting = false;
  for (const entry of charts) {
    entry.holder.querySelectorAll(".paper").forEach(paper => paper.remove());
    entry.holder.classList.remove("printing");
    show(entry);
  }
}

charts.forEach(show);
dark.addEventListener("change", () => charts.forEach(show));
new ResizeObserver(() => charts.forEach(show)).observe(document.querySelector("main"));
addEventListener("beforeprint", beginPrint);
addEventListener("afterprint", endPrint);
