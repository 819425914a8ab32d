/** The acts of screens in the command palette: where each is done, and what the host hears of it. */
import type { Coordination } from '../../../contract/rpc.ts';
import type { CommandType } from '../../../core/command.ts';
import type { IconName } from '../../design/icon.tsx';
import type { ScreenAct } from '../../lib/acts.ts';

/** What an act may come to at the host: a command of the company, or a call of the host itself. */
export type Given = CommandType | keyof Coordination;

interface ScreenActEntry {
  readonly icon: IconName;
  /** The screen that does it; null: it is offered only where it can be done, such as to what is selected. */
  readonly at: string | null;
  readonly keys?: string;
  readonly gives?: readonly Given[];
}

export const screenActs: Readonly<Record<ScreenAct, ScreenActEntry>> = {
  'board.find': { icon: 'search', at: '/board', keys: '/' },
  'board.reviews': { icon: 'board', at: '/board', keys: 'r' },
  'board.keep-view': { icon: 'board', at: '/board' },
  'board.rename-view': { icon: 'board', at: '/board' },
  'board.remove-view': { icon: 'trash', at: null },
  'workers.spawn': { icon: 'worker', at: '/workers', gives: ['worker.request'] },
  'workers.limits': {
    icon: 'worker',
    at: '/workers',
    gives: ['setLimits'],
  },
  'log.find': { icon: 'search', at: null, keys: '/' },
  'log.follow': { icon: 'tail', at: null, keys: 'f' },
  'threads.start': {
    icon: 'thread',
    at: '/threads',
    keys: 'n',
    gives: ['thread.start'],
  },
  'threads.direct': {
    ...{ icon: 'thread', at: '/threads', keys: 'd' },
    gives: ['message.send'],
  },
  'costs.budget': { icon: 'costs', at: '/costs', gives: ['budget.set'] },
  'channels.add': { icon: 'channel', at: '/channels', gives: ['setChannel'] },
  'channel.test': {
    icon: 'channel',
    at: null,
    gives: ['testChannel'],
  },
  'channel.turn': { icon: 'channel', at: null, gives: ['setChannel'] },
  'channel.remove': { icon: 'trash', at: null, gives: ['removeChannel'] },
  'channel.link': {
    ...{ icon: 'person', at: null },
    gives: ['linkChannel', 'unlinkChannel'],
  },
  'channel.agree': {
    icon: 'check',
    at: null,
    gives: ['setChannel'],
  },
  'reviews.start': { icon: 'search', at: '/reviews', gives: ['startReview'] },
  'reviews.stop': { icon: 'stop', at: null, gives: ['stopReview'] },
  'tokens.make': {
    icon: 'lock',
    at: '/settings/tokens',
    gives: ['createToken'],
  },
  'tokens.withdraw': {
    ...{ icon: 'lock', at: '/settings/tokens' },
    gives: ['revokeToken'],
  },
  'settings.find': { icon: 'settings', at: '/settings', keys: '/' },
  'history.play': { icon: 'history', at: '/history', keys: 'p' },
  'history.now': { icon: 'history', at: '/history' },
  'history.step': { icon: 'history', at: '/history', keys: '[ ]' },
  'history.landmark': { icon: 'history', at: '/history', keys: '{ }' },
  'history.compare': { icon: 'history', at: '/history', keys: 'c' },
  'plugins.install': { icon: 'channel', at: '/plugins', gives: ['installPlugin'] },
  'plugin.remove': { icon: 'trash', at: null, gives: ['removePlugin'] },
  'inbox.read': { icon: 'check', at: null, gives: ['board.mark_read'] },
  'gates.together': { icon: 'gate', at: null, gives: ['gate.sign'] },

  'org.add-member': { icon: 'plus', at: '/org', keys: 'a', gives: ['org.change'] },
  'org.add-team': { icon: 'plus', at: '/org', gives: ['org.change'] },
  'org.add-department': { icon: 'plus', at: '/org', gives: ['org.change'] },
  'org.find': { icon: 'search', at: '/org', keys: '/' },
  'org.review': { icon: 'check', at: null, gives: ['org.change'] },
  'org.discard': { icon: 'cross', at: null },
  'org.undo': { icon: 'undo', at: null, keys: 'Ctrl+Z' },
  'org.redo': { icon: 'redo', at: null, keys: 'Ctrl+Shift+Z' },
  'org.edit': { icon: 'org', at: null, keys: 'Enter' },
  'org.move': { icon: 'org', at: null, keys: 'm' },
  'org.remove': { icon: 'trash', at: null, keys: 'Del' },
  'org.duplicate': { icon: 'plus', at: null, keys: 'Ctrl+D' },
  'org.copy': { icon: 'copy', at: null, keys: 'Ctrl+C' },
  'org.cut': { icon: 'cut', at: null, keys: 'Ctrl+X' },
  'org.paste': { icon: 'plus', at: null, keys: 'Ctrl+V' },
  'org.fold': { icon: 'org', at: '/org' },
  'org.map': { icon: 'org', at: '/org' },
  'org.list': { icon: 'list', at: '/org' },
  'org.yaml': { icon: 'org', at: '/org' },
  'org.versions': { icon: 'history', at: '/org' },
  'org.merge': { icon: 'org', at: '/org' },
  'org.svg': { icon: 'org', at: '/org' },
  'org.png': { icon: 'org', at: '/org' },

  'workflows.new': { icon: 'workflow', at: '/workflows', gives: ['workflow.define'] },
  'flow.add-step': { icon: 'plus', at: '/workflows', keys: 'n' },
  'flow.add-gate': { icon: 'gate', at: '/workflows', keys: 'g' },
  'flow.connect': { icon: 'workflow', at: null, keys: 'c' },
  'flow.edit': { icon: 'workflow', at: null, keys: 'Enter' },
  'flow.remove': {
    icon: 'trash',
    at: null,
    keys: 'Del',
  },
  'flow.review': {
    icon: 'check',
    at: null,
    gives: ['workflow.define'],
  },
  'flow.discard': { icon: 'cross', at: null },
  'flow.undo': { icon: 'undo', at: null, keys: 'Ctrl+Z' },
  'flow.redo': { icon: 'redo', at: null, keys: 'Ctrl+Shift+Z' },
  'flow.yaml': { icon: 'workflow', at: '/workflows' },
  'flow.versions': { icon: 'history', at: '/workflows' },
};
