/** The form in which somebody says why, before a button that asks for it takes effect. */
import type { ViewsOpenArguments } from '@slack/web-api';
import { at, textAt } from './read-payload.ts';

/** Where the button was, for whoever has to be told of the outcome. */
export interface Pressed {
  readonly token: string;
  readonly channel: string;
  /** Of the message. */
  readonly ts: string;
}

const callback = 'agentcoord_note';
const longestNote = 3_000;
const block = 'note';
const input = 'text';

export function noteForm(pressed: Pressed, label: string): ViewsOpenArguments['view'] {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: JSON.stringify(pressed),
    title: { type: 'plain_text', text: 'Say why' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: block,
        label: { type: 'plain_text', text: label.slice(0, 150) || 'Request changes' },
        element: {
          type: 'plain_text_input',
          action_id: input,
          multiline: true,
          max_length: longestNote,
          placeholder: { type: 'plain_text', text: 'What is to be changed?' },
        },
      },
    ],
  };
}

/** Null: it is no form of ours. */
export function readForm(payload: unknown): (Pressed & { readonly note: string }) | null {
  if (textAt(payload, 'view', 'callback_id') !== callback) return null;
  let pressed: unknown;
  try {
    pressed = JSON.parse(textAt(payload, 'view', 'private_metadata'));
  } catch {
    return null;
  }
  const token = textAt(pressed, 'token');
  if (token === '') return null;
  return {
    ...{ token, channel: textAt(pressed, 'channel'), ts: textAt(pressed, 'ts') },
    note: textAt(at(payload, 'view', 'state', 'values', block), input, 'value').trim(),
  };
}

/** Shown in the form, which stays open. */
export const formFault = (text: string) => ({
  response_action: 'errors',
  errors: { [block]: text.slice(0, 2_000) },
});
