/** The bridge, nothing else: the page asks for a port to the host and gets it, with the owner's token; it is told where to go; and it asks the app for what only that can do. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, Place, PortMessage } from '../contract/desktop-bridge.ts';
import { callMessageName, goMessageName, portMessageName } from '../contract/desktop-bridge.ts';

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(portMessageName),
  onGo: (listener) => void ipcRenderer.on(goMessageName, (_event, place: Place) => listener(place)),
  call: (name, argument) => ipcRenderer.invoke(callMessageName, name, argument),
};
contextBridge.exposeInMainWorld('agentcoord', bridge);

ipcRenderer.on(portMessageName, (event, token: string) => {
  const message: PortMessage = { type: portMessageName, token };
  // A port can't cross the bridge; it can cross as a message to our own window.
  window.postMessage(message, location.origin, [...event.ports]);
});
