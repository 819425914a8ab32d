/** Which program this is, and under which licences what it is made of stands. */

import { strings } from './strings.ts';
import { useHostFacts } from './use-host-facts.ts';

/** Put in by the build: package, version, licence. */
declare const builtLicences: readonly (readonly [string, string, string])[];
declare const builtVersion: string;

export function VersionSetting() {
  const { data } = useHostFacts();
  return (
    <span className="flex flex-col text-right max-lg:text-left">
      <span className="font-mono">{strings.page(data?.version ?? builtVersion)}</span>
      {data && <span className="text-faint text-xs">{`${data.runtime} · ${data.system}`}</span>}
    </span>
  );
}

export function Licences() {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard
      tabIndex={0}
      className="max-h-96 overflow-y-auto rounded-md border border-line"
    >
      <table className="w-full">
        <thead className="sticky top-0 bg-raised text-left text-faint text-xs">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {strings.package}
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {strings.version}
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {strings.licenceOf}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line/60">
          {builtLicences.map(([name, version, licence]) => (
            <tr key={`${name}@${version}`}>
              <td className="break-all px-3 py-1 font-mono text-xs">{name}</td>
              <td className="px-3 py-1 font-mono text-faint text-xs">{version}</td>
              <td className="px-3 py-1 text-xs">{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
