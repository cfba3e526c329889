/** The wires between preload and the main process. */
export const sendChannel = 'salescope:send';
export const cancelChannel = 'salescope:cancel';
export const frameChannel = 'salescope:frame';
export const wishChannel = 'salescope:wish';
/** The page listens for wishes from now on. */
export const listensChannel = 'salescope:listens';
