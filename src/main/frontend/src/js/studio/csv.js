// Comma-separated values as the house's files write them: quotes only where they are needed.

/** Rows of cells, each with the text that it was read from, so that a row nobody touched is written back as it stood. */
export function parseCsv(text) {
  const rows = [];
  let cells = [];
  let cell = '';
  let quoted = false;
  let begun = 0;
  const end = (at) => {
    cells.push(cell);
    rows.push({ cells, raw: text.slice(begun, at), was: [...cells] });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      end(text[at - 1] === '\r' ? at - 1 : at);
      begun = at + 1;
    } else if (letter !== '\r') cell += letter;
  }
  if (begun < text.length) end(text.length);
  return rows;
}

export function formatCsv(rows) {
  return rows.map(({ cells, raw, was }) => (raw !== undefined && cells.every((cell, at) => cell === was[at]) && cells.length === was.length ? raw : cells.map(quote).join(','))).join('\n');
}

function quote(cell) {
  return /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
