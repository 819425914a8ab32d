/** What a plugin asks for, in words: whom it reaches, what it can, where it runs, what it has to be told; and who signed it. */
import type { ReactNode } from 'react';
import type { Manifest } from '../../../contract/plugin/manifest.ts';
import { Hash } from '../../design/hash.tsx';
import { Icon } from '../../design/icon.tsx';
import { Tag } from '../../design/tag.tsx';
import { formatList } from '../../lib/format.ts';
import { strings } from './strings.ts';

export interface PermissionsProps {
  manifest: Manifest;
  signer: string | null;
  isBuiltIn: boolean;
}

export function Permissions({ manifest, signer, isBuiltIn }: PermissionsProps) {
  const { hosts, capabilities, configSchema } = manifest;
  const settings = Object.entries(configSchema.properties).map(([name, { title }]) => title ?? name);
  return (
    <dl className="grid grid-cols-[110px_1fr] gap-x-4 gap-y-2.5 max-sm:grid-cols-1 max-sm:gap-y-1">
      <Fact word={strings.signer}>
        {signer !== null ? (
          <span className="flex flex-wrap items-center gap-1.5">
            <Icon name="check" className="text-alive" />
            {strings.signedBy}
            <Hash value={signer} label={strings.copySigner} shown={16} />
          </span>
        ) : isBuiltIn ? (
          <span className="text-muted">{strings.notSignedOwn}</span>
        ) : (
          <span className="flex items-center gap-1.5 text-waiting">
            <Icon name="warning" />
            {strings.notSigned}
          </span>
        )}
      </Fact>
      <Fact word={strings.reaches}>
        {hosts.length === 0 ? (
          <span className="text-muted">{strings.noHosts}</span>
        ) : (
          <span className="flex flex-wrap gap-1">
            {hosts.map((host) => (
              <Tag key={host} mono>
                {hostWords(host)}
              </Tag>
            ))}
          </span>
        )}
      </Fact>
      <Fact word={strings.can}>
        <ul className="flex flex-col gap-0.5">
          {capabilities.map((capability) => (
            <li key={capability} className="flex items-baseline gap-2">
              <span className="w-18 shrink-0 font-mono text-2xs text-faint">{capability}</span>
              {strings.capabilities[capability]}
            </li>
          ))}
        </ul>
      </Fact>
      <Fact word={strings.runs}>
        <span className="text-muted">{strings.runsMore}</span>
      </Fact>
      <Fact word={strings.settings}>
        <span className="text-muted">
          {settings.length === 0 ? strings.noSettings : formatList(settings)}
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-faint text-xs leading-5">{word}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** `{server}` stands for whatever host is set there. */
function hostWords(host: string): string {
  const setting = /^\{(.+)\}$/.exec(host)?.[1];
  return setting === undefined ? host : strings.ofSetting(setting);
}
