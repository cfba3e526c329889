/** Runs in the sandbox before the page and hands it the bridge: send, cancel, onFrame and nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { makeBridge } from './preload-bridge.ts';

contextBridge.exposeInMainWorld('salescope', makeBridge({ ipcRenderer, webUtils }));
