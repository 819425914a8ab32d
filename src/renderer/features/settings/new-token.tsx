/** Makes an access token out: whom it stands for, what it may do, and for how long. */
import { useState } from 'react';
import type { IssuedToken, TokenAccess } from '../../../contract/access-tokens.ts';
import { tokenAccesses } from '../../../contract/access-tokens.ts';
import { membersByName } from '../../../core/org/membership.ts';
import type { DurationMs } from '../../../core/units.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { useLive } from '../../lib/company-context.tsx';
import type { HostAct } from '../../lib/use-host-act.ts';
import { strings } from './strings.ts';

const dayMs = 86_400_000;
const lives = {
  week: 7 * dayMs,
  quarter: 90 * dayMs,
  year: 365 * dayMs,
  never: null,
} as const satisfies Record<keyof typeof strings.lives, number | null>;
type Life = keyof typeof lives;
const lifeNames = Object.keys(lives) as Life[];

export function NewToken({ act, onMade }: { act: HostAct; onMade: (token: IssuedToken) => void }) {
  const members = useLive((state) =>
    membersByName(state).map(({ id, name }) => ({ value: id as string, label: name })),
  );
  const [name, setName] = useState('');
  const [member, setMember] = useState(members[0]?.value ?? '');
  const [access, setAccess] = useState<TokenAccess>('read');
  const [life, setLife] = useState<Life>('quarter');
  const make = async () => {
    const lifetime = lives[life] as DurationMs | null;
    const made = await act.run((host) => host.createToken({ name: name.trim(), member, access, lifetime }));
    if (made) onMade(made.done);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Field
        label={strings.tokenName}
        help={strings.tokenNameMore}
        value={name}
        onChange={setName}
        maxLength={60}
        autoFocus
      />
      <Select label={strings.tokenFor} options={members} value={member} onChange={setMember} />
      <Select
        label={strings.tokenAccess}
        options={tokenAccesses.map((value) => ({ value, label: strings.accesses[value] }))}
        value={access}
        onChange={setAccess}
      />
      <Select
        label={strings.tokenLife}
        options={lifeNames.map((value) => ({ value, label: strings.lives[value] }))}
        value={life}
        onChange={setLife}
      />
      {act.refusal && <Notice tone="failure">{act.refusal.message}</Notice>}
      <Button
        type="submit"
        look="primary"
        className="self-end"
        isPending={act.pending}
        isDisabled={name.trim() === ''}
      >
        {strings.makeToken}
      </Button>
    </form>
  );
}
