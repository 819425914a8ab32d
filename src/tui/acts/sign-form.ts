/** The decision about a gate: what is signed stands above it, and a note is needed to turn it down. */
import type { Decision, Gate } from '../../core/gate/gate.ts';
import { newForm, textField } from '../model/form.ts';
import type { Act } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';

const words: Readonly<Record<Decision, { title: string; verb: string; done: string; effect: string }>> = {
  approve: {
    title: 'Approve',
    verb: 'sign it',
    done: 'is signed by you',
    effect: 'Your signature fills a slot, for exactly this artifact.',
  },
  request_changes: {
    title: 'Request changes of',
    verb: 'send it back',
    done: 'went back with your note',
    effect: 'The work goes back to its author with your note; signatures are void.',
  },
  veto: {
    title: 'Veto',
    verb: 'veto it',
    done: 'is vetoed',
    effect: 'Nothing goes on here until somebody arbitrates.',
  },
};

export function signForm(gate: Gate, decision: Decision): Act {
  const { artifactHash } = gate;
  if (artifactHash === null) return { kind: 'notice', text: `${gate.name}: there is nothing to sign yet` };
  const { title, verb, done, effect } = words[decision];
  const about: Line[] = [[piece('over', 'for SHA-256 '), artifactHash], [piece('over', effect)]];
  return {
    kind: 'form',
    form: newForm({
      title: `${title} ${gate.name}`,
      about,
      verb,
      isDanger: decision !== 'approve',
      fields: [
        textField('note', 'Note', {
          isLong: true,
          required: decision !== 'approve',
          hint: decision === 'approve' ? 'if you like' : 'what must change, or why',
        }),
      ],
    }),
    submit: ({ note = '' }) => ({
      kind: 'command',
      command: { type: 'gate.sign', gateId: gate.id, decision, note, artifactHash },
      done: `${gate.name} ${done}`,
    }),
  };
}
