/** What is dragged from the toolbar onto the drawing. */

export type PartKind = 'step' | 'gate';

const kindOfData = 'application/x-agentcoord-part';

export function dragPart(data: DataTransfer, part: PartKind): void {
  data.setData(`${kindOfData}-${part}`, part);
  data.effectAllowed = 'copy';
}

/** Its kind is in the type: while something is dragged a page may not read what it holds. */
export function draggedPart({ types }: DataTransfer): PartKind | null {
  if (types.includes(`${kindOfData}-step`)) return 'step';
  return types.includes(`${kindOfData}-gate`) ? 'gate' : null;
}
