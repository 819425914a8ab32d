/** Texts that no good client sends, made of those that one did send. */

type Random = () => number;

/** How a good text is spoilt. @returns bytes, which need not be UTF-8 any more */
export type Spoil = (text: string, random: Random) => Buffer;

const pick = <Item>(items: readonly Item[], random: Random): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
};

const names = ['constructor', '__proto__', 'toString', '$close', 'events', 'closing', 'then', 'Hello', ' '];
const junk: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  0.5,
  '',
  'x'.repeat(3_000),
  '\u0000\ud800',
  '../../etc/passwd',
  [],
  {},
  [[[]]],
  { toString: 1, valueOf: null, length: 1e9 },
  { constructor: { prototype: { ok: true } } },
  Array.from({ length: 300 }, () => ({})),
];

type Tree = unknown[] | Record<string, unknown>;

/** Every place of a frame's arguments in which something stands. */
function placesIn(tree: Tree): { readonly at: Tree; readonly key: string }[] {
  return Object.entries(tree).flatMap(([key, value]) => [
    { at: tree, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as Tree) : []),
  ]);
}

function changed(text: string, random: Random, change: (frame: Record<string, unknown>) => void): Buffer {
  const frame = JSON.parse(text) as Record<string, unknown>;
  change(frame);
  // Otherwise the answer to one frame would be taken for that to another.
  if ('i' in frame && typeof frame['i'] === 'string') frame['i'] = `f${Math.floor(random() * 1e9)}`;
  return Buffer.from(JSON.stringify(frame));
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A frame still: the host answers it or refuses it, and the line goes on. */
export const wrongCalls: Readonly<Record<string, Spoil>> = {
  asItWas: (text) => Buffer.from(text),
  otherType: (text, random) =>
    changed(text, random, (frame) => {
      const { at, key } = pick(placesIn({ a: frame['a'] ?? [] }), random);
      Reflect.set(at, key, pick(junk, random));
      if (!Array.isArray(frame['a'])) frame['a'] = [frame['a']];
    }),
  otherKey: (text, random) =>
    changed(text, random, (frame) => {
      const { at } = pick(placesIn({ a: frame['a'] ?? [] }), random);
      Reflect.set(at, pick(['extra', 'toString', 'constructor', ''], random), pick(junk, random));
    }),
  otherName: (text, random) =>
    changed(text, random, (frame) => {
      frame['m'] = pick(names, random);
    }),
  noArgument: (text, random) =>
    changed(text, random, (frame) => {
      frame['a'] = pick([[], [null], [1, 2, 3, 4], [undefined]], random);
    }),
  unasked: (text, random) =>
    changed(text, random, (frame) => {
      delete frame['i'];
    }),
  nestedWithin: (text, random) =>
    changed(text, random, (frame) => {
      frame['a'] = [nested(20 + Math.floor(random() * 40))];
    }),
};

/** No frame any more, or next to none: the host closes the line. */
export const brokenTexts: Readonly<Record<string, Spoil>> = {
  flippedBytes: (text, random) => {
    const bytes = Buffer.from(text);
    for (let flips = 1 + Math.floor(random() * 8); flips > 0; flips -= 1) {
      const place = Math.floor(random() * bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    return bytes;
  },
  cutOff: (text, random) => Buffer.from(text).subarray(0, 1 + Math.floor(random() * (text.length - 1))),
  twiceInOne: (text) => Buffer.from(text + text),
  prototypeKey: (text, random) => {
    const key = pick(['"__proto__"', '"\\u005f_proto__"', '"__pr\\u006fto__"'], random);
    return Buffer.from(text.replace(/\}\]\}$/, `,${key}:{"ok":true}}]}`).replace('{,', '{'));
  },
  deepNest: (text, random) => {
    const depth = pick([66, 500, 5_000, 100_000], random);
    return Buffer.from(text.replace(/"a":.*$/, `"a":[${'['.repeat(depth)}${']'.repeat(depth)}]}`));
  },
  answerToNothing: (_text, random) =>
    Buffer.from(JSON.stringify({ t: 's', i: `a${random()}`, r: pick(junk, random) })),
  otherFrame: (_text, random) => Buffer.from(JSON.stringify(pick(junk, random)) ?? 'null'),
  noise: (_text, random) =>
    Buffer.from(Array.from({ length: 1 + Math.floor(random() * 200) }, () => random() * 256)),
};

export const anyOf = <Item>(items: Readonly<Record<string, Item>>, random: Random): Item =>
  pick(Object.values(items), random);

export const oneOf = pick;
