/** `zoetrope-gallery-2026-11-22.zip` */
export const exportName = () => `zoetrope-gallery-${new Date().toISOString().slice(0, 10)}.zip`;
