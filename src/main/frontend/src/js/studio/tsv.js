// Cells as spreadsheets exchange them: tabs between cells, one line a row, quotes where a cell holds either.

export function parseTsv(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at++) {
    const letter = source[at];
    if (quoted) {
      if (letter === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === '' && closes(source, at)) quoted = true;
    else if (letter === '\t' || letter === '\n') {
      rows.at(-1).push(cell);
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  rows.at(-1).push(cell);
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === '') rows.pop();
  return rows;
}

// A cell of ours may itself be a text in quotes ("GOLD", "PLATINUM"): a quote opens a quoted cell only where the rest
// up to the next border reads like one.
function closes(source, at) {
  let end = at + 1;
  while (end < source.length) {
    if (source[end] !== '"') end++;
    else if (source[end + 1] === '"') end += 2;
    else break;
  }
  const quoted = source.slice(at + 1, end);
  return end < source.length && /^[\t\n]?$/.test(source[end + 1] ?? '') && /["\t\n]/.test(quoted);
}

export function formatTsv(rows) {
  return rows.map((row) => row.map((cell) => (/[\t\n]/.test(cell) || /^"[\s\S]*""[\s\S]*"$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n');
}
