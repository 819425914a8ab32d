/** Installs a plugin from a file: the archive is checked, says what it asks for, and only then is put there. */
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { PluginInspection } from '../../../contract/channels.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { toast } from '../../design/toast.tsx';
import { Toggle } from '../../design/toggle.tsx';
import { bytesToBase64 } from '../../lib/bytes-to-base64.ts';
import { Permissions } from './permissions.tsx';
import { strings } from './strings.ts';
import { usePluginAct } from './use-plugins.ts';

export function InstallDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={strings.installTitle} closeLabel={strings.cancel} isOpen={isOpen} onClose={onClose}>
      <Install onClose={onClose} />
    </Dialog>
  );
}

interface Archive {
  readonly name: string;
  readonly base64: string;
}

interface Chosen extends Archive {
  readonly inspection: PluginInspection;
}

const largestBytes = 20_000_000;

function Install({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const [trusts, setTrusts] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const [, navigate] = useLocation();
  const { run, pending, refusal } = usePluginAct();
  const look = async (file: File) => {
    setChosen(null);
    setTrusts(false);
    setTooLarge(file.size > largestBytes ? strings.tooLarge(file.name) : null);
    if (file.size > largestBytes) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const archive = { name: file.name, base64: bytesToBase64(bytes) };
    const looked = await run((host) => host.inspectPlugin(archive));
    if (looked) setChosen({ ...archive, inspection: looked.done });
  };
  const install = async ({ name, base64 }: Archive) => {
    const installed = await run((host) => host.installPlugin({ name, base64, changeSigner: trusts }));
    if (!installed) return;
    const { manifest } = installed.done;
    toast('alive', strings.installed(manifest.displayName, manifest.version));
    onClose();
    navigate(`/plugins/${manifest.id}`);
  };
  const why = tooLarge ?? refusal?.message ?? null;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{strings.installMore}</p>
      <span>
        <Button
          icon="file"
          look={chosen ? 'secondary' : 'primary'}
          isPending={pending}
          onPress={() => picker.current?.click()}
        >
          {chosen ? strings.pickOther : strings.pick}
        </Button>
      </span>
      <input
        ref={picker}
        type="file"
        accept=".acplug"
        hidden
        aria-label={strings.archive}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void look(file);
          target.value = '';
        }}
      />
      {why !== null && <Notice tone="failure">{why}</Notice>}
      {chosen && <Asks inspection={chosen.inspection} trusts={trusts} onTrust={setTrusts} />}
      <DialogActs leave={strings.cancel} onLeave={onClose}>
        {chosen && (
          <Button
            look="primary"
            isPending={pending}
            isDisabled={chosen.inspection.changesSigner && !trusts}
            onPress={() => void install(chosen)}
          >
            {chosen.inspection.replaces
              ? strings.replaceAct(chosen.inspection.replaces.version)
              : strings.installAct}
          </Button>
        )}
      </DialogActs>
    </div>
  );
}

interface AsksProps {
  inspection: PluginInspection;
  trusts: boolean;
  onTrust: (trusts: boolean) => void;
}

function Asks({ inspection, trusts, onTrust }: AsksProps) {
  const { manifest, signer, replaces, changesSigner } = inspection;
  return (
    <section
      aria-label={manifest.displayName}
      className="flex flex-col gap-3 rounded-lg border border-line bg-sunken px-4 py-3"
    >
      <h3 className="flex flex-wrap items-center gap-2 font-semibold">
        {manifest.displayName}
        <span className="font-mono font-normal text-muted text-xs">{manifest.version}</span>
        <Tag>{strings.kinds[manifest.kind]}</Tag>
        {manifest.author && (
          <span className="font-normal text-muted text-xs">{strings.by(manifest.author)}</span>
        )}
      </h3>
      {manifest.description && <p className="text-muted">{manifest.description}</p>}
      <Permissions manifest={manifest} signer={signer} isBuiltIn={false} />
      {replaces && <p className="text-muted text-xs">{strings.replaces(replaces.version)}</p>}
      {changesSigner && (
        <Notice tone="waiting">
          <p>{strings.changesSigner}</p>
          <Toggle label={strings.trust} isOn={trusts} onChange={onTrust} />
        </Notice>
      )}
    </section>
  );
}
