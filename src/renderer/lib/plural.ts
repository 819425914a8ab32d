/** A sentence for each number that the language tells apart, where code would only know one and many. */
import { formatNumber } from './format.ts';
import { language } from './locale.ts';

/** Whole phrases: in another language more than the noun changes. `#` stands for the number. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

const rules = new Intl.PluralRules(language);

/** @param rulesOf of another language than that of the page */
export function plural(count: number, forms: PluralForms, rulesOf = rules): string {
  return (forms[rulesOf.select(count)] ?? forms.other).replace('#', () => formatNumber(count));
}
