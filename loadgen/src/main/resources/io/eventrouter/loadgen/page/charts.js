"use strict";

// Draws every chart of the page: reads the JSON inside of its figure, leaves axes, scales, lines and the cursor to uPlot,
// and adds what makes series tell apart without colour: dashes, markers and patterns.
(() => {
  const LIGHT = {
    surface: "#ffffff", ink: "#1c2430", muted: "#5b6675", line: "#e3e7ec", mark: "#5b6675",
    series: ["#0b62b5", "#c2500a", "#0a7a58", "#8a3d91", "#8a6400", "#4a5666"],
  };
  const DARK = {
    surface: "#14181e", ink: "#e4e8ee", muted: "#9aa6b5", line: "#2c343f", mark: "#9aa6b5",
    series: ["#6cb4ff", "#ff9d5f", "#4fd0a3", "#d79be8", "#dcbb55", "#b7c1ce"],
  };
  const DASHES = [[], [9, 4], [2, 3], [11, 3, 2, 3], [5, 2], [14, 5]];
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
  const FONT_SIZE = 12;
  const PAPER_WIDTH = 680;
  const PAPER_SHARPNESS = 3;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // --- Numbers, as Unit.java writes them ---

  function step(axis, magnitude) {
    let chosen = axis.steps[0];
    for (const candidate of axis.steps) {
      if (Math.round(magnitude / candidate[0] * 1000) / 1000 >= 1) {
        chosen = candidate;
      }
    }
    return chosen;
  }

  function text(axis, value, chosen = step(axis, Math.abs(value))) {
    if (value == null || !isFinite(value)) {
      return "–";
    }
    const number = value / chosen[0];
    const whole = number === 0 ? 1 : Math.floor(Math.log10(Math.abs(number))) + 1;
    const digits = Math.min(9, Math.max(0, 3 - whole));
    return number.toLocaleString("en", {maximumFractionDigits: digits}) + chosen[1];
  }

  /** The times of an axis: seconds for short runs, otherwise with a colon. */
  function clock(longest) {
    const two = number => String(number).padStart(2, "0");
    if (longest <= 180) {
      return {form: "seconds", write: s => String(Math.round(s * 1000) / 1000)};
    }
    return longest <= 3 * 3600
      ? {form: "min:s", write: s => `${Math.floor(s / 60)}:${two(Math.round(s % 60))}`}
      : {form: "h:min", write: s => `${Math.floor(s / 3600)}:${two(Math.round(s % 3600 / 60))}`};
  }

  // Percentiles are drawn where 1 / (1 - p) is, on a logarithmic scale: each further nine takes the same width.
  const spread = percentile => 100 / (100 - percentile);

  function percentileText(x) {
    const nines = Math.max(0, Math.ceil(Math.log10(x)) - 2);
    return (100 - 100 / x).toFixed(nines).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") + "\u00a0%";
  }

  // --- Ticks ---

  const LOG_TICKS = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];

  function logarithmicTicks(min, max, most, base) {
    const first = Math.floor(Math.log(min) / Math.log(base) + 1e-9);
    const last = Math.ceil(Math.log(max) / Math.log(base) - 1e-9);
    const within = value => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
    for (const factors of base === 10 ? LOG_TICKS : [[1]]) {
      const ticks = [];
      for (let power = first; power <= last; power++) {
        for (const factor of factors) {
          ticks.push(factor * base ** power);
        }
      }
      const shown = ticks.filter(within);
      if (shown.length <= most) {
        return shown;
      }
    }
    for (let stride = 2; ; stride++) {
      const ticks = [];
      for (let power = first; power <= last; power++) {
        if (power % stride === 0) {
          ticks.push(base ** power);
        }
      }
      const shown = ticks.filter(within);
      if (shown.length <= most || stride > 64) {
        return shown;
      }
    }
  }

  function increments(ticks) {
    if (ticks === "sexagesimal") {
      return [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
        3600, 7200, 14400, 21600, 43200, 86400];
    }
    const increments = [];
    const binary = ticks === "binary";
    for (let power = binary ? 0 : -9; power < (binary ? 50 : 16); power++) {
      for (const factor of binary ? [1] : [1, 2, 5]) {
        increments.push(factor * (binary ? 2 : 10) ** power);
      }
    }
    return increments;
  }

  const PERCENTILES = [1, 2, 4, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

  function percentileTicks(min, max, most) {
    const within = PERCENTILES.filter(x => x >= min && x <= max * (1 + 1e-9));
    for (const left of [[], [4], [4, 1], [4, 1, 2]]) {
      const shown = within.filter(x => !left.includes(x));
      if (shown.length <= most) {
        return shown;
      }
    }
    return within.filter(x => x >= 10).filter((x, index, all) => (all.length - 1 - index) % 2 === 0);
  }

  // --- Axes ---

  /** An axis of uPlot; "scale" names it there, "k" is how much larger than on the screen everything is drawn. */
  function axisOptions(axis, scale, side, theme, k, time = null) {
    const space = side === 2 ? (axis.scale === "percentile" ? 58 : 64) : 34;
    const options = {
      scale, side,
      stroke: theme.muted,
      font: `${FONT_SIZE * k}px ${FONT}`,
      gap: 5 * k,
      space: space * k,
      grid: {stroke: theme.line, width: k},
      ticks: {stroke: theme.line, width: k, size: 5 * k},
      border: {show: side === 2, stroke: theme.muted, width: k},
      size: side === 2 ? 27 * k : (u, values, index, cycle) => leftSize(u, values, index, cycle, k),
      filter: (u, splits) => splits,
    };
    const most = u => Math.max(2, Math.floor((side === 2 ? u.bbox.width : u.bbox.height)
      / uPlot.pxRatio / (space * k)) + 1);
    if (axis.scale === "percentile") {
      options.splits = (u, index, min, max) => percentileTicks(min, max, most(u));
      options.values = (u, splits) => withoutOverlap(u, scale, splits, splits.map(percentileText), k);
    } else if (axis.scale === "logarithmic") {
      const base = axis.ticks === "binary" ? 2 : 10;
      options.splits = (u, index, min, max) => logarithmicTicks(min, max, most(u), base);
      options.values = (u, splits) => {
        const labels = splits.map(value => text(axis, value));
        return side === 2 ? withoutOverlap(u, scale, splits, labels, k) : labels;
      };
    } else if (time) {
      options.incrs = increments(axis.ticks);
      options.values = (u, splits) => splits.map(time.write);
    } else {
      options.incrs = increments(axis.ticks);
      options.values = (u, splits) => {
        const chosen = step(axis, Math.max(...splits.map(Math.abs)));
        return splits.map(value => value === 0 ? "0" : text(axis, value, chosen));
      };
    }
    return options;
  }

  // Ticks of a logarithmic scale are not evenly spread; from the right, where percentiles matter, labels need room.
  function withoutOverlap(u, scale, splits, labels, k) {
    let free = Infinity;
    const shown = [...labels];
    u.ctx.save();
    u.ctx.font = `${FONT_SIZE * k * uPlot.pxRatio}px ${FONT}`;
    for (let i = labels.length - 1; i >= 0; i--) {
      const half = u.ctx.measureText(labels[i]).width / 2;
      const middle = u.valToPos(splits[i], scale, true);
      if (middle + half > free) {
        shown[i] = "";
      } else {
        free = middle - half - 8 * k * uPlot.pxRatio;
      }
    }
    u.ctx.restore();
    return shown;
  }

  // As wide as its widest number, so that narrow screens lose no room.
  function leftSize(u, values, index, cycle, k) {
    const axis = u.axes[index];
    if (cycle > 1) {
      return axis._size;
    }
    u.ctx.save();
    u.ctx.font = `${FONT_SIZE * k * uPlot.pxRatio}px ${FONT}`;
    const widest = Math.max(0, ...(values ?? []).map(value => u.ctx.measureText(value ?? "").width));
    u.ctx.restore();
    return Math.ceil(widest / uPlot.pxRatio) + 12 * k;
  }

  function finite(values) {
    return values.filter(value => value != null && isFinite(value));
  }

  /** The ends of a scale that shows all values; linear ones begin at 0. */
  function range(values, scale) {
    const shown = finite(values).filter(value => scale !== "logarithmic" || value > 0);
    if (shown.length === 0) {
      return scale === "logarithmic" ? [1, 10] : [0, 1];
    }
    const low = shown.reduce((a, b) => Math.min(a, b));
    const high = shown.reduce((a, b) => Math.max(a, b));
    if (scale === "logarithmic") {
      const room = Math.max(1.15, (high / low) ** 0.06);
      return [low / room, high * room];
    }
    const room = (Math.max(high, 0) - Math.min(low, 0)) * 0.06 || 1;
    return [low < 0 ? low - room : 0, high > 0 ? high + room : 0];
  }

  // --- Series that can be told apart without colour ---

  const look = (theme, index) => ({
    colour: theme.series[index % theme.series.length],
    dash: DASHES[index % DASHES.length],
    marker: (index + Math.floor(index / DASHES.length)) % 6,
    pattern: index % 6,
  });

  function drawMarker(context, marker, x, y, size, colour, surface) {
    const r = size / 2;
    context.beginPath();
    if (marker === 0) {
      context.arc(x, y, r, 0, 2 * Math.PI);
    } else if (marker === 1) {
      context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    } else if (marker === 2) {
      context.moveTo(x, y - r * 1.15);
      context.lineTo(x + r * 1.1, y + r * 0.85);
      context.lineTo(x - r * 1.1, y + r * 0.85);
    } else if (marker === 3) {
      context.moveTo(x, y - r * 1.3);
      context.lineTo(x + r * 1.3, y);
      context.lineTo(x, y + r * 1.3);
      context.lineTo(x - r * 1.3, y);
    } else if (marker === 4) {
      context.moveTo(x, y + r * 1.15);
      context.lineTo(x + r * 1.1, y - r * 0.85);
      context.lineTo(x - r * 1.1, y - r * 0.85);
    } else {
      context.arc(x, y, r, 0, 2 * Math.PI);
    }
    context.closePath();
    context.setLineDash([]);
    context.lineWidth = size / 4.5;
    context.strokeStyle = colour;
    context.fillStyle = marker === 5 ? surface : colour;
    context.fill();
    context.stroke();
  }

  function fillPattern(context, pattern, x, y, width, height, colour, k) {
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.fillStyle = colour;
    context.globalAlpha = pattern === 0 ? 1 : 0.28;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * k;
    context.beginPath();
    const gap = 6 * k;
    if (pattern === 1 || pattern === 4) {
      for (let at = x - height; at < x + width; at += gap) {
        context.moveTo(at, y + height);
        context.lineTo(at + height, y);
      }
    }
    if (pattern === 2 || pattern === 4) {
      for (let at = x - height; at < x + width; at += gap) {
        context.moveTo(at, y);
        context.lineTo(at + height, y + height);
      }
    }
    if (pattern === 3) {
      for (let at = x + gap / 2; at < x + width; at += gap) {
        context.moveTo(at, y);
        context.lineTo(at, y + height);
      }
    }
    context.stroke();
    context.restore();
    context.strokeStyle = colour;
    context.lineWidth = k;
    context.setLineDash([]);
    context.strokeRect(x, y, width, height);
  }

  // --- Parts of the page around a plot ---

  function element(tag, styleClass, content = "") {
    const made = document.createElement(tag);
    made.className = styleClass;
    made.textContent = content;
    return made;
  }

  function swatch(kind, index, theme, isLine = true) {
    const sharpness = 3;
    const canvas = document.createElement("canvas");
    canvas.width = 30 * sharpness;
    canvas.height = 12 * sharpness;
    canvas.style.width = "30px";
    canvas.style.height = "12px";
    const context = canvas.getContext("2d");
    context.scale(sharpness, sharpness);
    const {colour, dash, marker, pattern} = look(theme, index);
    if (kind === "bars") {
      fillPattern(context, pattern, 1, 1, 28, 10, colour, 1);
      return canvas;
    }
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(kind === "lines" ? dash : []);
    context.beginPath();
    context.moveTo(1, 6);
    context.lineTo(29, 6);
    if (isLine) {
      context.stroke();
    }
    drawMarker(context, marker, 15, 6, 7, colour, theme.surface);
    return canvas;
  }

  /** The names of the series, each with a piece of how it is drawn. */
  function legend(holder, chart, names, theme) {
    if (names.length === 1 && chart.kind !== "lines") {
      return;
    }
    const list = element("ul", "legend");
    names.forEach((name, index) => {
      const item = element("li", "");
      item.append(swatch(chart.kind, index, theme, chart.series[index].isLine), element("span", "", name));
      list.append(item);
    });
    holder.append(list);
  }

  // --- Lines ---

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
    const yRange = range([...ys, ...chart.levels.map(level => level.at)], chart.y.scale);

    const time = isZoomable && chart.x.ticks === "sexagesimal" ? clock(extent[1]) : null;
    holder.append(element("div", "axis-label", chart.y.label + (isLogarithmicY ? " (log scale)" : "")));
    const canvasHolder = element("div", "");
    holder.append(canvasHolder);
    holder.append(element("div", "axis-label below", chart.x.label + (time ? ` (${time.form})` : "")));
    legend(holder, chart, lines.map(line => line.name), theme);
    const values = element("div", "values");

    const options = {
      width: width * k,
      height: (width < 480 ? 230 : 300) * k,
      padding: [10 * k, 14 * k, 0, 0],
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
      series: [{}, ...lines.map((line, index) => ({
        stroke: look(theme, index).colour,
        dash: look(theme, index).dash.map(length => length * k),
        width: 2 * k,
        points: {show: false},
        ...line.isLine ? {} : {paths: () => null},
      }))],
      hooks: {
        draw: [
          u => lines.forEach((line, index) => drawPoints(u, line, index, lines.length, theme, k)),
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
    for (const level of chart.levels) {
      const y = u.valToPos(level.at, "y", true);
      line(left, y, left + width, y);
      context.textAlign = "left";
      label(context, level.label, left + 6 * ratio, y + (y - top < 22 * ratio ? 10 : -10) * ratio, width * 0.9,
        theme.ink, theme, ratio);
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
  function drawPoints(u, line, index, count, theme, k) {
    const context = u.ctx;
    const ratio = uPlot.pxRatio * k;
    const {left, top, width, height} = u.bbox;
    const {colour, marker} = look(theme, index);
    const gap = 70 * ratio;
    const isSparse = !line.isLine || line.xs.length * 26 * ratio <= width;
    let next = left + gap * (0.3 + index / count);
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
      item.append(swatch(chart.kind, i, theme, line.isLine), element("span", "", line.name),
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

  // --- Rows: intervals and bars ---

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
    legend(holder, chart, chart.series, theme);
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
    const {colour, marker} = look(theme, point.series);
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
        const {colour, pattern} = look(theme, index);
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

  // --- All charts: on the screen, and once more for paper ---

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
})();
