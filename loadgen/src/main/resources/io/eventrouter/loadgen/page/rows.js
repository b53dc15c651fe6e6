// Charts with a row for each thing: intervals and bars, on an axis of uPlot.

const ROW_LABEL = 18;
const ROW_MARK = 20;
const ROW_GAP = 12;

function rowPlot(chart, holder, width, theme, k) {
  const isBars = chart.kind === "bars";
  const heightOf = row => ROW_LABEL + ROW_GAP + ROW_MARK * (isBars ? 1 : row.points.length);
  const plotHeight = chart.rows.reduce((sum, row) => sum + heightOf(row), 0) + 4;
  const sum = row => row.values.reduce((a, b) => a + b, 0);
  const values = isBars
    ? chart.rows.map(sum)
    : chart.rows.flatMap(row => row.points.flatMap(point => [point.low, point.high]));
  const extent = range([...values, ...(chart.levels ?? []).map(level => level.at)], chart.x.scale);
  const canvasHolder = element("div", "");
  holder.append(canvasHolder);
  const isLogarithmic = chart.x.scale === "logarithmic";
  holder.append(element("div", "axis-label below", chart.x.label + (isLogarithmic ? " (log scale)" : "")));
  legend(holder, chart, theme);
  const options = {
    width: width * k,
    height: (plotHeight + 40) * k,
    padding: [10 * k, 16 * k, 0, 16 * k],
    legend: {show: false},
    cursor: {show: false},
    scales: {
      x: {time: false, distr: isLogarithmic ? 3 : 1, range: () => extent},
      y: {range: () => [0, 1]},
    },
    axes: [axisOptions(chart.x, "x", 2, theme, k), {show: false}],
    series: [{}, {show: false}],
    hooks: {draw: [u => drawRows(u, chart, heightOf, theme, k)]},
  };
  return new uPlot(options, [extent, [0, 0]], canvasHolder);
}

function drawRows(u, chart, heightOf, theme, k) {
  const context = u.ctx;
  const ratio = uPlot.pxRatio * k;
  const {left, width} = u.bbox;
  context.save();
  drawMarks(u, {levels: [], moments: chart.levels ?? []}, x => x, theme, k);
  let y = u.bbox.top + 2 * ratio;
  for (const row of chart.rows) {
    context.font = `${FONT_SIZE * ratio}px ${FONT}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    label(context, row.label, left + 2 * ratio, y + ROW_LABEL / 2 * ratio, width - 4 * ratio, theme.ink, theme, ratio);
    const top = y + ROW_LABEL * ratio;
    if (chart.kind === "bars") {
      drawBar(u, chart, row, top, theme, ratio);
    } else {
      row.points.forEach((point, i) =>
        drawInterval(u, chart, point, top + (i + 0.5) * ROW_MARK * ratio, theme, ratio));
    }
    y += heightOf(row) * ratio;
  }
  context.restore();
}

/** A text on a patch of the background, so that grid lines do not run through it; cut if it is too long. */
function label(context, content, x, y, room, colour, theme, ratio) {
  let shown = content;
  while (shown.length > 1 && context.measureText(shown).width > room) {
    shown = shown.slice(0, Math.min(shown.length - 2, Math.floor(shown.length * 0.95))) + "…";
  }
  const width = context.measureText(shown).width;
  const start = context.textAlign === "right" ? x - width : x;
  context.fillStyle = theme.surface;
  context.globalAlpha = 0.8;
  context.fillRect(start - 2 * ratio, y - 8 * ratio, width + 4 * ratio, 16 * ratio);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillText(shown, x, y);
}

function drawInterval(u, chart, point, y, theme, ratio) {
  const context = u.ctx;
  const {left, width} = u.bbox;
  const {colour, marker} = look(theme, chart, point.series);
  const [low, value, high] = [point.low, point.value, point.high].map(v => u.valToPos(v, "x", true));
  context.strokeStyle = colour;
  context.lineWidth = 2 * ratio;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(low, y);
  context.lineTo(high, y);
  for (const x of [low, high]) {
    context.moveTo(x, y - 4 * ratio);
    context.lineTo(x, y + 4 * ratio);
  }
  context.stroke();
  drawMarker(context, marker, value, y, 8 * ratio, colour, theme.surface);
  const content = text(chart.x, point.value);
  context.font = `${FONT_SIZE * ratio}px ${FONT}`;
  const room = context.measureText(content).width + 12 * ratio;
  const isRight = high + room <= left + width + 12 * ratio;
  context.textAlign = isRight ? "left" : "right";
  label(context, content, isRight ? high + 8 * ratio : low - 8 * ratio, y, room, theme.muted, theme, ratio);
}

function drawBar(u, chart, row, top, theme, ratio) {
  const context = u.ctx;
  const {left, width} = u.bbox;
  let sum = 0;
  row.values.forEach((value, index) => {
    const from = u.valToPos(sum, "x", true);
    sum += value;
    const to = u.valToPos(sum, "x", true);
    if (to - from >= 0.5) {
      const {colour, pattern} = look(theme, chart, index);
      fillPattern(context, pattern, from, top, to - from, (ROW_MARK - 4) * ratio, colour, ratio);
    }
  });
  const end = u.valToPos(sum, "x", true);
  const content = text(chart.x, sum);
  const room = context.measureText(content).width + 12 * ratio;
  const fits = end + room <= left + width + 12 * ratio;
  context.textAlign = fits ? "left" : "right";
  label(context, content, fits ? end + 6 * ratio : end - 6 * ratio, top + (ROW_MARK / 2 - 2) * ratio, room,
    theme.muted, theme, ratio);
}
