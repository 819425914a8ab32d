/** Which settings are shown: those of a section, or everywhere those that have all the words of a search. Pure. */

export const sections = [
  'appearance',
  'notifications',
  'company',
  'tokens',
  'updates',
  'keys',
  'about',
] as const;
export type SectionId = (typeof sections)[number];

export interface Findable {
  readonly section: SectionId;
  readonly title: string;
  readonly help: string;
  /** What else people may call it. */
  readonly words: string;
}

export interface ShownSection<Entry> {
  readonly section: SectionId;
  readonly entries: readonly Entry[];
}

/** @param text empty: all of the section, and of no other */
export function findSettings<Entry extends Findable>(
  entries: readonly Entry[],
  section: SectionId,
  text: string,
  nameOf: (section: SectionId) => string,
): ShownSection<Entry>[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (entry: Entry): boolean => {
    if (words.length === 0) return entry.section === section;
    const whole = `${nameOf(entry.section)} ${entry.title} ${entry.help} ${entry.words}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  };
  return sections.flatMap((id) => {
    const found = entries.filter((entry) => entry.section === id && fits(entry));
    return found.length > 0 ? [{ section: id, entries: found }] : [];
  });
}

export function sectionIn(name: string | undefined): SectionId | null {
  return sections.find((section) => section === name) ?? null;
}
