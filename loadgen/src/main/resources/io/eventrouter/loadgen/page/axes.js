// Where axes begin and end, and what they are labelled with.

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
    if (middle + half > free || middle + half > u.width * uPlot.pxRatio) {
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
function range(values, scale, hasLabels = false) {
  const shown = finite(values).filter(value => scale !== "logarithmic" || value > 0);
  if (shown.length === 0) {
    return scale === "logarithmic" ? [1, 10] : [0, 1];
  }
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  if (scale === "logarithmic") {
    const room = Math.max(1.15, (high / low) ** 0.06);
    return [low / room, high * (hasLabels ? Math.max(room, (high / low) ** 0.12) : room)];
  }
  const room = (Math.max(high, 0) - Math.min(low, 0)) * 0.06 || 1;
  return [low < 0 ? low - room : 0, high > 0 ? high + (hasLabels ? 2 * room : room) : 0];
}
