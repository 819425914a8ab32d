/** The models of a company that builds a discount into a small shop: what each says to what it hears. */
import type { RecordedConversation } from './model-conversations.ts';

const answer = (decision: string, note: string) => ({ tool: 'answer', input: { decision, note } });
const document = (heard: readonly string[], path: string, content: string, summary: string) => ({
  heard,
  tool: 'finish',
  input: { summary, documents: [{ path, content }] },
});
const npmTest = { tool: 'run_command', input: { program: 'npm', args: ['test'] } };

/** Passes the tests, and forgets a discount of more than the price. */
const firstTry =
  '/** What is to be paid after a discount in percent. */\nexport function discounted(items, percent) {\n  return Math.round(total(items) * (1 - percent / 100));\n}\n';
const better = 'const rate = Math.min(100, Math.max(0, percent));\n  return';
const readPrice = { tool: 'read_file', input: { path: 'src/price.mjs' } };

export const featureEpicConversations: readonly RecordedConversation[] = [
  {
    name: 'the pm writes the PRD',
    prompt: ['You are pia, pm', 'Write PRD', 'Carts have a discount'],
    turns: [
      { heard: ['Carts have a discount'], tool: 'search_files', input: { text: 'total' } },
      document(
        ['src/price.mjs:'],
        'prd.md',
        '# Discount\n\n`discounted(items, percent)` gives the price of a cart after a discount.\n\nAcceptance: `npm test` passes.\n',
        'A discount on carts.',
      ),
    ],
  },
  {
    name: 'the em lets design begin',
    prompt: ['You are eli, em', 'design_kickoff', 'Acceptance: `npm test` passes.'],
    turns: [{ heard: ['# Discount'], ...answer('approve', 'Clear enough to begin.') }],
  },
  {
    name: 'the designer says how it looks',
    prompt: ['You are dan, designer', 'Create design mocks', '# Discount'],
    turns: [
      document(
        ['discounted(items, percent)'],
        'mocks.md',
        'The cart shows the old price struck out, and the new one beside it.\n',
        'Two prices side by side.',
      ),
    ],
  },
  {
    name: 'the pm likes the mocks',
    prompt: ['You are pia, pm', 'design_review', 'struck out'],
    turns: [{ heard: [], ...answer('approve', 'That is what people expect.') }],
  },
  {
    name: 'the engineer builds it',
    prompt: ['You are ada, engineer', 'Implement feature', 'struck out'],
    without: ['more than 100'],
    turns: [
      { heard: ['your worktree'], tool: 'list_files', input: {} },
      { heard: ['src/price.mjs', 'test/price.test.mjs'], ...npmTest },
      { heard: ['exit code 1', 'does not provide an export named'], ...readPrice },
      {
        heard: ['export function total'],
        tool: 'patch_file',
        input: {
          path: 'src/price.mjs',
          edits: [{ old: '/** What is to be paid. */', new: `${firstTry}\n/** What is to be paid. */` }],
        },
      },
      { heard: ['is changed in one place'], ...npmTest },
      {
        heard: ['exit code 0', 'pass 2'],
        tool: 'finish',
        input: { summary: 'Carts have a discount; the tests pass.' },
      },
    ],
  },
  {
    name: 'the em sends it back',
    prompt: ['You are eli, em', 'code_review', 'changes.patch'],
    without: ['Math.min'],
    turns: [
      { heard: ['+  return Math.round(total(items) * (1 - percent / 100));'], ...npmTest },
      { heard: ['exit code 0'], ...readPrice },
      {
        heard: ['export function discounted'],
        ...answer('request_changes', 'A discount of more than 100 percent gives a negative price.'),
      },
    ],
  },
  {
    name: 'the engineer puts it right',
    prompt: ['You are ada, engineer', 'Implement feature', 'A discount of more than 100 percent'],
    turns: [
      // What the first attempt handed in is there.
      { heard: ['note of gate code_review'], ...readPrice },
      {
        heard: ['1 - percent / 100'],
        tool: 'patch_file',
        input: {
          path: 'src/price.mjs',
          edits: [
            {
              old: 'return Math.round(total(items) * (1 - percent / 100))',
              new: `${better} Math.round(total(items) * (1 - rate / 100))`,
            },
          ],
        },
      },
      { heard: ['is changed in one place'], tool: 'read_file', input: { path: 'test/price.test.mjs' } },
      {
        heard: ["test('a discount'"],
        tool: 'patch_file',
        input: {
          path: 'test/price.test.mjs',
          edits: [
            {
              old: "test('a discount'",
              new: "test('no price is negative', () => assert.equal(discounted([{ price: 100, count: 1 }], 150), 0));\n\ntest('a discount'",
            },
          ],
        },
      },
      { heard: ['is changed in one place'], ...npmTest },
      {
        heard: ['exit code 0', 'pass 3'],
        tool: 'finish',
        input: { summary: 'A discount is between 0 and 100 percent, with a test.' },
      },
    ],
  },
  {
    name: 'the em approves it',
    prompt: ['You are eli, em', 'code_review', '+  const rate = Math.min(100, Math.max(0, percent));'],
    turns: [
      { heard: ['no price is negative'], ...npmTest },
      { heard: ['exit code 0', 'pass 3'], ...answer('approve', 'Bounded now, and tested.') },
    ],
  },
  {
    name: 'the tester tries the merged branch',
    prompt: ['You are tess, qa_eng', 'QA testing'],
    turns: [
      { heard: ['A discount is between 0 and 100 percent'], ...npmTest },
      document(
        ['exit code 0', 'pass 3'],
        'qa.md',
        'All three tests pass on the branch of the epic.\n',
        'It holds.',
      ),
    ],
  },
  {
    name: 'the qa lead signs the tests',
    prompt: ['You are quinn, qa_lead', 'qa_signoff', 'All three tests pass'],
    turns: [{ heard: [], ...answer('approve', 'Tested on the branch.') }],
  },
  {
    name: 'the pm asks for the release',
    prompt: ['You are pia, pm', 'Approve release'],
    turns: [
      document(['It holds.'], 'release.md', 'Release 1.1: carts have a discount.\n', 'Ready to go out.'),
    ],
  },
  ...['eli, em', 'quinn, qa_lead', 'pia, pm'].map((who) => ({
    name: `${who} signs the release`,
    prompt: [`You are ${who}`, 'production_release', 'Release 1.1'],
    turns: [{ heard: [], ...answer('approve', 'Go.') }],
  })),
  {
    name: 'growth tells the world',
    prompt: ['You are gus, growth', 'Launch feature'],
    turns: [document(['Ready to go out.'], 'launch.md', 'Carts have a discount. Try it!\n', 'Announced.')],
  },
];
