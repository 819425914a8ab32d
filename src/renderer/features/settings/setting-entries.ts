/** Every setting there is, with the words by which it is found. */
import type { ReactNode } from 'react';
import { isDesktop } from '../../lib/desktop-port.ts';
import { Licences, VersionSetting } from './about.tsx';
import { DensitySetting, MotionSetting, ThemeSetting } from './appearance.tsx';
import { CommandSetting } from './command-setting.tsx';
import { AtLogin } from './desktop-settings.tsx';
import type { Findable } from './find-settings.ts';
import { AddressSetting, DataFolder, HostSetting, KeptAt } from './host-settings.tsx';
import { strings } from './strings.ts';
import { TokenList } from './token-list.tsx';
import { FeedSetting, UpdateSetting } from './updates.tsx';

export interface SettingEntry extends Findable {
  readonly id: string;
  /** It takes the whole width. */
  readonly wide?: true;
  readonly Control: () => ReactNode;
}

const everywhere: readonly SettingEntry[] = [
  {
    ...{ id: 'theme', section: 'appearance', title: strings.theme, help: strings.themeMore },
    ...{ words: strings.themeWords, Control: ThemeSetting },
  },
  {
    ...{ id: 'density', section: 'appearance', title: strings.density, help: strings.densityMore },
    ...{ words: strings.densityWords, Control: DensitySetting },
  },
  {
    ...{ id: 'motion', section: 'appearance', title: strings.motion, help: strings.motionMore },
    ...{ words: strings.motionWords, Control: MotionSetting },
  },
  {
    ...{ id: 'data-folder', section: 'company', title: strings.dataFolder, help: strings.dataFolderMore },
    ...{ words: strings.dataFolderWords, Control: DataFolder },
  },
  {
    ...{ id: 'host', section: 'company', title: strings.host, help: strings.hostMore },
    ...{ words: strings.hostWords, Control: HostSetting },
  },
  {
    ...{ id: 'kept-at', section: 'company', title: strings.keptAt, help: strings.keptAtMore },
    ...{ words: strings.keptAtWords, Control: KeptAt },
  },
  {
    ...{ id: 'address', section: 'company', title: strings.address, help: strings.addressMore },
    ...{ words: strings.addressWords, Control: AddressSetting },
  },
  {
    ...{ id: 'tokens', section: 'tokens', title: strings.tokens, help: '' },
    ...{ words: strings.tokensWords, wide: true, Control: TokenList },
  },
  {
    ...{ id: 'version', section: 'about', title: strings.version, help: strings.versionMore },
    ...{ words: strings.versionWords, Control: VersionSetting },
  },
  {
    ...{ id: 'licence', section: 'about', title: strings.licence, help: strings.licenceMore },
    ...{ words: strings.licenceWords, wide: true, Control: Licences },
  },
];

/** What a page in a browser can't do. */
const onlyInApp: readonly SettingEntry[] = [
  {
    ...{ id: 'at-login', section: 'company', title: strings.atLogin, help: strings.atLoginMore },
    ...{ words: strings.atLoginWords, Control: AtLogin },
  },
  {
    ...{ id: 'command', section: 'company', title: strings.command, help: strings.commandMore },
    ...{ words: strings.commandWords, wide: true, Control: CommandSetting },
  },
  {
    ...{
      id: 'update',
      section: 'updates',
      title: strings.updates.stateTitle,
      help: strings.updates.stateMore,
    },
    ...{ words: strings.updates.stateWords, wide: true, Control: UpdateSetting },
  },
  {
    ...{ id: 'feed', section: 'updates', title: strings.updates.feedTitle, help: strings.updates.feedMore },
    ...{ words: strings.updates.feedWords, wide: true, Control: FeedSetting },
  },
];

export const settingEntries = isDesktop() ? [...everywhere, ...onlyInApp] : everywhere;
