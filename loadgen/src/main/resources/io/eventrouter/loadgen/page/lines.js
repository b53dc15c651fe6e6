// Charts of lines and points; uPlot draws the lines.

function linePlot(chart, holder, width, theme, k, isPaper) {
  const isPercentile = chart.x.scale === "percentile";
  const toX = isPercentile ? spread : x => x;
  const isLogarithmicY = chart.y.scale === "logarithmic";
  const positive = value => value != null && isLogarithmicY && value <= 0 ? null : value;
  const lines = chart.series.map(line => ({
    ...line,
    xs: line.xs.map(toX),
    ys: line.ys.map(positive),
  }));
  const xs = lines.flatMap(line => line.xs);
  const ys = lines.flatMap(line => [...line.ys, ...line.lows ?? [], ...line.highs ?? []]);
  const isZoomable = chart.x.scale === "linear";
  const extent = isPercentile ? [1, xs.reduce((a, b) => Math.max(a, b), 10)] : range(xs, chart.x.scale);
  const yRange = range([...ys, ...chart.levels.map(level => level.at)], chart.y.scale, chart.levels.length > 0);

  const time = isZoomable && chart.x.ticks === "sexagesimal" ? clock(extent[1]) : null;
  holder.append(element("div", "axis-label", chart.y.label + (isLogarithmicY ? " (log scale)" : "")));
  const canvasHolder = element("div", "");
  holder.append(canvasHolder);
  holder.append(element("div", "axis-label below", chart.x.label + (time ? ` (${time.form})` : "")));
  legend(holder, chart, theme);
  const values = element("div", "values");

  const options = {
    width: width * k,
    height: (width < 480 ? 230 : 300) * k,
    padding: [10 * k, (isPercentile ? 30 : 16) * k, 0, 0],
    legend: {show: false},
    cursor: {
      show: !isPaper, y: false,
      drag: {x: isZoomable, y: false},
      points: {show: false},
    },
    scales: {
      x: {
        time: false,
        distr: chart.x.scale === "linear" ? 1 : 3,
        range: (u, min, max) => isZoomable ? (min == null ? extent : [min, max]) : extent,
      },
      y: {distr: isLogarithmicY ? 3 : 1, range: () => yRange},
    },
    axes: [axisOptions(chart.x, "x", 2, theme, k, time), axisOptions(chart.y, "y", 3, theme, k)],
    series: [{}, ...lines.map((line, index) => {
      const {colour, dash, width} = look(theme, chart, index);
      return {
        stroke: colour,
        dash: dash.map(length => length * k),
        width: width * k,
        points: {show: false},
        ...line.tone ? {paths: () => null} : {},
      };
    })],
    hooks: {
      draw: [
        u => lines.forEach((line, index) => drawPoints(u, chart, line, index, theme, k)),
        u => drawMarks(u, chart, toX, theme, k),
      ],
      ready: [u => u.over.append(values)],
      setCursor: [u => showValues(u, chart, values, theme)],
    },
  };
  const data = uPlot.join(lines.map(line => [line.xs, line.ys]), lines.map(() => [0, 1]));
  return new uPlot(options, data, canvasHolder);
}

function drawMarks(u, chart, toX, theme, k) {
  const context = u.ctx;
  const ratio = uPlot.pxRatio * k;
  const {left, top, width, height} = u.bbox;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = theme.mark;
  context.lineWidth = 1.5 * ratio;
  context.setLineDash([4 * ratio, 4 * ratio]);
  context.font = `${(FONT_SIZE - 1) * ratio}px ${FONT}`;
  context.textBaseline = "middle";
  const line = (x0, y0, x1, y1) => {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  };
  const placed = [];
  for (const level of chart.levels) {
    const y = u.valToPos(level.at, "y", true);
    line(left, y, left + width, y);
    const labelY = y + (y - top < 22 * ratio ? 10 : -10) * ratio;
    const beside = placed.filter(other => Math.abs(other.y - labelY) < 16 * ratio);
    const x = Math.max(left + 6 * ratio, ...beside.map(other => other.end + 14 * ratio));
    placed.push({y: labelY, end: x + context.measureText(level.label).width});
    context.textAlign = "left";
    label(context, level.label, x, labelY, left + width - x, theme.ink, theme, ratio);
  }
  for (const moment of chart.moments) {
    const x = u.valToPos(toX(moment.at), "x", true);
    line(x, top, x, top + height);
    const isLate = x - left > width * 0.7;
    context.textAlign = isLate ? "right" : "left";
    label(context, moment.label, x + (isLate ? -6 : 6) * ratio, top + height - 12 * ratio, width * 0.6, theme.ink,
      theme, ratio);
  }
  context.restore();
}

/** Spreads and markers: at every point if there is room, otherwise here and there, each series at places of its own. */
function drawPoints(u, chart, line, index, theme, k) {
  const context = u.ctx;
  const ratio = uPlot.pxRatio * k;
  const {left, top, width, height} = u.bbox;
  const {colour, marker} = look(theme, chart, index);
  const gap = 70 * ratio;
  const isSparse = line.tone || line.xs.length * 26 * ratio <= width;
  let next = left + gap * (0.3 + index / chart.series.length);
  context.save();
  context.beginPath();
  context.rect(left - 6 * ratio, top - 6 * ratio, width + 12 * ratio, height + 12 * ratio);
  context.clip();
  line.xs.forEach((value, i) => {
    if (line.ys[i] == null) {
      return;
    }
    const x = u.valToPos(value, "x", true);
    if (x < left - 1 || x > left + width + 1) {
      return;
    }
    if (line.lows?.[i] != null && line.highs?.[i] != null) {
      drawWhisker(context, x, u.valToPos(line.lows[i], "y", true), u.valToPos(line.highs[i], "y", true), colour, ratio);
    }
    if (isSparse || x >= next) {
      drawMarker(context, marker, x, u.valToPos(line.ys[i], "y", true), 7 * ratio, colour, theme.surface);
      next = Math.max(next + gap, x + gap / 2);
    }
  });
  context.restore();
}

function drawWhisker(context, x, low, high, colour, ratio) {
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * ratio;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, low);
  context.lineTo(x, high);
  for (const y of [low, high]) {
    context.moveTo(x - 4 * ratio, y);
    context.lineTo(x + 4 * ratio, y);
  }
  context.stroke();
}

/** The values of all series at the cursor, in a box on its far side. */
function showValues(u, chart, box, theme) {
  const index = u.cursor.idx;
  box.replaceChildren();
  box.hidden = index == null || u.cursor.left < 0;
  if (box.hidden) {
    return;
  }
  const x = u.data[0][index];
  const at = chart.x.scale === "percentile" ? percentileText(x) : text(chart.x, x);
  box.append(element("p", "", `${chart.x.label} ${at}`));
  chart.series.forEach((line, i) => {
    const found = nearest(u.data[i + 1], index);
    const item = element("p", "");
    item.append(swatch(chart, i, theme), element("span", "", line.name),
      element("strong", "", found == null ? "–" : text(chart.y, u.data[i + 1][found])));
    box.append(item);
  });
  const isLeft = u.cursor.left < u.over.clientWidth / 2;
  box.style.left = isLeft ? "auto" : "0";
  box.style.right = isLeft ? "0" : "auto";
}

// Series have points of their own: a place where one has none is not a gap of it.
function nearest(values, index) {
  for (let distance = 0; distance < values.length; distance++) {
    for (const at of [index - distance, index + distance]) {
      if (values[at] !== undefined) {
        return values[at] === null ? null : at;
      }
    }
  }
  return null;
}
