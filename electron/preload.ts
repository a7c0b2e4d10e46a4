import { contextBridge, ipcRenderer, webUtils } from 'electron';

contextBridge.exposeInMainWorld('bridge', {
  platform: process.platform,
  invoke: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(`operation:${name}`, input),
  subscribe(name: string, callback: (payload: unknown) => void): () => void {
    const listener = (_event: unknown, payload: unknown) => callback(payload);
    ipcRenderer.on(`event:${name}`, listener);
    return () => ipcRenderer.removeListener(`event:${name}`, listener);
  },
  /** A dropped or picked file as a handle: its path goes from here to main and never to the page. */
  admitFile: (file: File): Promise<unknown> => ipcRenderer.invoke('file:admit', webUtils.getPathForFile(file)),
});
