/** Where what was asked for is seen in the making. */
export const toPictureScreen = (): void => {
  location.hash = '#/picture';
};
