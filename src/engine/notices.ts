/** In the build's root: whose work is inside, and under which licence. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';
