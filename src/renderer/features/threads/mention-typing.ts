/** A mention while it is typed, at the end of the text. Pure. */
const typed = /(^|[\s(])@([\w.-]*)$/;

/** What stands after the @ so far; null: no mention is being typed. */
export function beginOfMention(text: string): string | null {
  return typed.exec(text)?.[2] ?? null;
}

export function withMention(text: string, name: string): string {
  return text.replace(typed, (_whole, before: string) => `${before}@${name} `);
}
