/** What Slack publishes of the size of blocks: a message that breaks it is refused there with `invalid_blocks`. */

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong; empty: nothing. */
export function brokenLimits(blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return ['blocks is no list'];
  const broken: string[] = [];
  const most = (what: string, size: number, limit: number) => {
    if (size > limit) broken.push(`${what}: ${size} of ${limit}`);
  };
  const text = (what: string, value: unknown, limit: number) => {
    const said = (value as Fields | undefined)?.['text'];
    if (typeof said !== 'string' || said === '') broken.push(`${what} has no text`);
    else most(what, said.length, limit);
  };
  most('blocks', blocks.length, 50);
  const names = new Set<unknown>();
  for (const block of blocks as Fields[]) {
    switch (block['type']) {
      case 'section': {
        const fields = (block['fields'] ?? []) as Fields[];
        if (block['text'] === undefined && fields.length === 0) broken.push('a section has nothing in it');
        if (block['text'] !== undefined) text('text of a section', block['text'], 3_000);
        most('fields of a section', fields.length, 10);
        for (const field of fields) text('field of a section', field, 2_000);
        break;
      }
      case 'context':
        most('elements of a context', (block['elements'] as unknown[]).length, 10);
        for (const element of block['elements'] as Fields[]) text('element of a context', element, 3_000);
        break;
      case 'actions':
        most('buttons', (block['elements'] as unknown[]).length, 25);
        for (const element of block['elements'] as Fields[]) {
          text('label of a button', element['text'], 75);
          most('value of a button', String(element['value'] ?? '').length, 2_000);
          most('action_id of a button', String(element['action_id'] ?? '').length, 255);
          most('url of a button', String(element['url'] ?? '').length, 3_000);
          if (names.has(element['action_id'])) broken.push('two buttons have one action_id');
          names.add(element['action_id']);
        }
        break;
      case 'input':
        text('label of an input', block['label'], 2_000);
        most('max_length of an input', Number((block['element'] as Fields)['max_length'] ?? 0), 3_000);
        break;
      default:
        broken.push(`no block is called ${String(block['type'])}`);
    }
  }
  return broken;
}
