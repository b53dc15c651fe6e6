// How series look, so that they can be told apart without colour, and their legend.

const LIGHT = {
  surface: "#ffffff", ink: "#1c2430", muted: "#5b6675", line: "#e3e7ec", mark: "#5b6675",
  series: ["#0b62b5", "#c2500a", "#0a7a58", "#8a3d91", "#8a6400", "#4a5666"],
  tones: {good: "#17693f", bad: "#b02a1e", uncertain: "#865400", neutral: "#5b6675"},
};
const DARK = {
  surface: "#14181e", ink: "#e4e8ee", muted: "#9aa6b5", line: "#2c343f", mark: "#9aa6b5",
  series: ["#6cb4ff", "#ff9d5f", "#4fd0a3", "#d79be8", "#dcbb55", "#b7c1ce"],
  tones: {good: "#62cf98", bad: "#ff8f80", uncertain: "#e8b45a", neutral: "#9aa6b5"},
};
const DASHES = [[], [9, 4], [2, 3], [11, 3, 2, 3], [5, 2], [14, 5]];
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const FONT_SIZE = 12;

const TONE_MARKERS = {good: 0, bad: 6, uncertain: 3, neutral: 5};

/** How the series of a chart looks; where points bring news, lines are no more than the way between them. */
function look(theme, chart, index) {
  const tone = chart.series[index].tone;
  const isBackground = !tone && chart.series.some(series => series.tone);
  // Where colours begin again, dashes and markers move on.
  const shifted = index + Math.floor(index / theme.series.length);
  return {
    colour: tone ? theme.tones[tone] : isBackground ? theme.muted : theme.series[index % theme.series.length],
    dash: isBackground ? [2, 3] : DASHES[shifted % DASHES.length],
    width: isBackground ? 1.25 : 2,
    marker: tone ? TONE_MARKERS[tone] : isBackground ? null : shifted % 6,
    pattern: index % 6,
  };
}

function drawMarker(context, marker, x, y, size, colour, surface) {
  if (marker === null) {
    return;
  }
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
  } else if (marker === 5) {
    context.arc(x, y, r, 0, 2 * Math.PI);
  } else {
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x + r, y - r);
    context.lineTo(x - r, y + r);
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

function element(tag, styleClass, content = "") {
  const made = document.createElement(tag);
  made.className = styleClass;
  made.textContent = content;
  return made;
}

function swatch(chart, index, theme) {
  const sharpness = 3;
  const canvas = document.createElement("canvas");
  canvas.width = 30 * sharpness;
  canvas.height = 12 * sharpness;
  canvas.style.width = "30px";
  canvas.style.height = "12px";
  const context = canvas.getContext("2d");
  context.scale(sharpness, sharpness);
  const {colour, dash, width, marker, pattern} = look(theme, chart, index);
  if (chart.kind === "bars") {
    fillPattern(context, pattern, 1, 1, 28, 10, colour, 1);
    return canvas;
  }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(chart.kind === "lines" ? dash : []);
  context.beginPath();
  context.moveTo(1, 6);
  context.lineTo(29, 6);
  if (!chart.series[index].tone) {
    context.stroke();
  }
  drawMarker(context, marker, 15, 6, 7, colour, theme.surface);
  return canvas;
}

/** The names of the series, each with a piece of how it is drawn; a single one goes without if it says nothing new. */
function legend(holder, chart, theme) {
  const label = (chart.y ?? chart.x).label.toLowerCase();
  if (chart.series.length === 1 && [chart.title.toLowerCase(), label].includes(chart.series[0].name.toLowerCase())) {
    return;
  }
  const list = element("ul", "legend");
  chart.series.forEach((series, index) => {
    const item = element("li", "");
    item.append(swatch(chart, index, theme), element("span", "", series.name));
    list.append(item);
  });
  holder.append(list);
}
