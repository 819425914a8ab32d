/** Reads CSV by the letter of RFC 4180, so that what we write is checked by something that we did not write it with. */

export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let place = 0;
  while (place < text.length) {
    let cell = '';
    if (text[place] === '"') {
      for (place += 1; ; place += 1) {
        if (place >= text.length) throw new Error('a quoted cell does not end');
        if (text[place] !== '"') cell += text[place];
        else if (text[place + 1] === '"') {
          cell += '"';
          place += 1;
        } else break;
      }
      place += 1;
    } else {
      while (place < text.length && text[place] !== ',' && text[place] !== '\r') {
        if (text[place] === '"' || text[place] === '\n')
          throw new Error(`a bare ${JSON.stringify(text[place])}`);
        cell += text[place];
        place += 1;
      }
    }
    row.push(cell);
    if (text[place] === ',') {
      place += 1;
      if (place === text.length) throw new Error('the last line does not end');
      continue;
    }
    if (text.slice(place, place + 2) !== '\r\n') throw new Error(`a line ends badly at ${place}`);
    place += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}
