/** The access tokens of the company: who has one, for what, until when; made, shown once, withdrawn. */
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { IssuedToken, TokenView } from '../../../contract/access-tokens.ts';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Tag } from '../../design/tag.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { Ago, Until } from '../../lib/ago.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { useHostAct } from '../../lib/use-host-act.ts';
import { NewToken } from './new-token.tsx';
import { strings } from './strings.ts';

const key = ['tokens'];

export function TokenList() {
  const coordination = useCoordination();
  const company = useLive((state) => state.company?.id ?? null);
  const act = useHostAct(key);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<IssuedToken | null>(null);
  const [leaving, setLeaving] = useState<TokenView | null>(null);
  const { data: tokens, error } = useQuery({
    queryKey: [...key, company],
    queryFn: () => coordination().tokens(),
    retry: false,
  });
  const list = useRef<HTMLUListElement>(null);
  useActs({
    'tokens.make': () => setMaking(true),
    'tokens.withdraw': tokens !== undefined && (() => list.current?.querySelector('button')?.focus()),
  });
  const revoke = async ({ id, name }: TokenView) => {
    setLeaving(null);
    if (!(await act.run((host) => host.revokeToken({ id })))) return;
    // What can't be used any more need not be copied.
    if (made?.id === id) setMade(null);
    toast('alive', strings.revoked(name));
  };
  return (
    <div className="flex flex-col gap-3">
      {error && <Notice tone="failure">{asCoordError(error).message}</Notice>}
      {act.refusal && <Notice tone="failure">{act.refusal.message}</Notice>}
      {made && (
        <Notice
          tone="needs"
          title={strings.tokenMade(made.name)}
          action={
            <CopyButton text={() => made.token} label={strings.copyToken} copiedLabel={strings.copied} />
          }
        >
          <p className="select-text break-all font-mono text-xs">{made.token}</p>
          <p className="text-muted text-xs">{strings.tokenMadeMore}</p>
        </Notice>
      )}
      {!tokens && !error && <Skeleton label={strings.tokensLoading} rows={2} />}
      {tokens?.length === 0 && <p className="text-muted">{strings.noTokens}</p>}
      {tokens && tokens.length > 0 && (
        <Card>
          <ul ref={list} aria-label={strings.tokens} className="divide-y divide-line">
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => setLeaving(token)} />
            ))}
          </ul>
        </Card>
      )}
      <Button icon="plus" className="self-start" onPress={() => setMaking(true)}>
        {strings.newToken}
      </Button>
      <Dialog
        title={strings.newToken}
        closeLabel={strings.close}
        isOpen={isMaking}
        onClose={() => setMaking(false)}
      >
        <NewToken
          act={act}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      </Dialog>
      {leaving && (
        <Dialog
          title={strings.revokeTitle(leaving.name)}
          closeLabel={strings.keep}
          isOpen
          onClose={() => setLeaving(null)}
        >
          <div className="flex flex-col gap-4">
            <p>{strings.revokeMore(leaving.member)}</p>
            <DialogActs leave={strings.keep} onLeave={() => setLeaving(null)}>
              <Button look="danger" onPress={() => void revoke(leaving)}>
                {strings.revoke}
              </Button>
            </DialogActs>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function TokenRow({ token, onRevoke }: { token: TokenView; onRevoke: () => void }) {
  const { name, member, access, createdAt, expiresAt, expired } = token;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          <Tag tone={access === 'act' ? 'waiting' : 'plain'}>{strings.accessTags[access]}</Tag>
          {expired && <Tag tone="failure">{strings.tokenEnded}</Tag>}
        </span>
        <span className="block truncate text-muted text-xs">
          {member} · {strings.tokenCreated} <Ago at={createdAt} /> ·{' '}
          {expiresAt === null ? (
            strings.tokenEndless
          ) : (
            <>
              {expired ? strings.tokenEnded : strings.tokenEnds}{' '}
              {expired ? <Ago at={expiresAt} /> : <Until at={expiresAt} />}
            </>
          )}
        </span>
      </span>
      <Button size="small" look="danger" aria-label={`${strings.revoke} ${name}`} onPress={onRevoke}>
        {strings.revoke}
      </Button>
    </li>
  );
}
