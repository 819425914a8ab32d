/** Leads from the channels to what carries them, and back. */
import { useLocation } from 'wouter';
import { Segmented } from '../design/segmented.tsx';
import { strings } from './strings.ts';

export function SectionLinks({ here }: { here: 'channels' | 'plugins' }) {
  const [, navigate] = useLocation();
  return (
    <div className="pl-2">
      <Segmented
        label={strings.channelsOrPlugins}
        value={here}
        onChange={(next) => navigate(`/${next}`)}
        segments={[
          { value: 'channels', label: strings.channels },
          { value: 'plugins', label: strings.plugins },
        ]}
      />
    </div>
  );
}
