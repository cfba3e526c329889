/** The three wires between preload and the main process. */
export const sendChannel = 'salescope:send';
export const cancelChannel = 'salescope:cancel';
export const frameChannel = 'salescope:frame';
