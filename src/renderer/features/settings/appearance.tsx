/** How the app looks: each choice is on the page at once. */
import { Segmented } from '../../design/segmented.tsx';
import { looks, setLook, useLook } from '../../lib/look.ts';
import { strings } from './strings.ts';

export function ThemeSetting() {
  return (
    <Segmented
      label={strings.theme}
      value={useLook('theme')}
      onChange={(theme) => setLook('theme', theme)}
      segments={looks.theme.map((value) => ({ value, label: strings.themes[value] }))}
    />
  );
}

const fromCloseToWide = ['compact', 'comfortable', 'roomy'] as const;

export function DensitySetting() {
  return (
    <Segmented
      label={strings.density}
      value={useLook('density')}
      onChange={(density) => setLook('density', density)}
      segments={fromCloseToWide.map((value) => ({ value, label: strings.densities[value] }))}
    />
  );
}

export function MotionSetting() {
  return (
    <Segmented
      label={strings.motion}
      value={useLook('motion')}
      onChange={(motion) => setLook('motion', motion)}
      segments={looks.motion.map((value) => ({ value, label: strings.motions[value] }))}
    />
  );
}
