// Numbers as Unit.java writes them, times and percentiles.

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
