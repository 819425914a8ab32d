/** The menu: the way to every screen and to the settings, what an editor's fingers expect, and on macOS what the system does. */
import type { MenuItemConstructorOptions } from 'electron';
import { Menu } from 'electron';
import type { AppWindow } from './window.ts';

export function setupMenu(window: AppWindow): void {
  const go = (label: string, path: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => window.show({ path, companyId: null }),
    ...(accelerator && { accelerator }),
  });
  const settings = go('Settings…', '/settings', 'CmdOrCtrl+,');
  const separator = { type: 'separator' } as const;
  const template: MenuItemConstructorOptions[] = [
    process.platform === 'darwin'
      ? {
          role: 'appMenu',
          submenu: [
            go('About AgentCoord', '/settings/about'),
            separator,
            settings,
            separator,
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            separator,
            { role: 'quit' },
          ],
        }
      : { role: 'fileMenu', submenu: [settings, separator, { role: 'close' }, { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: 'Go',
      submenu: [
        go('Home', '/', 'Alt+Home'),
        go('Work board', '/board'),
        go('Gates', '/gates'),
        go('Org chart', '/org'),
        go('Workflows', '/workflows'),
        go('Workers', '/workers'),
        go('Board', '/threads'),
        go('Costs', '/costs'),
        go('Reviews', '/reviews'),
        go('History', '/history'),
        go('Channels', '/channels'),
        go('Plugins', '/plugins'),
        go('Conflicts', '/conflicts'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        go('Keys', '/settings/keys'),
        go('Command line', '/settings/company'),
        go('Updates', '/settings/updates'),
        go('About AgentCoord', '/settings/about'),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
