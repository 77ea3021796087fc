/** Of models that this app knows: what their cards say in English. */
export const descriptions: Readonly<Record<string, string>> = {
  'A small model for a first impression, at 256 × 256: about 100 subjects in some 15 places, by day and night, drawn like simple illustrations.':
    'نموذج صغير للانطباع الأول، بحجم ٢٥٦ × ٢٥٦: نحو ١٠٠ موضوع في قرابة ١٥ مكانًا، نهارًا وليلًا، مرسومة كرسوم توضيحية بسيطة.',
  'Stable Diffusion, distilled by Segmind to half its size. Photos and paintings at 512 × 512.':
    '‏Stable Diffusion، قلّصته Segmind إلى نصف حجمه. صور فوتوغرافية ولوحات بحجم ٥١٢ × ٥١٢.',
  'Tiny SD with 4-bit weights: a smaller download and less memory, slightly rougher pictures.':
    '‏Tiny SD بأوزان من ٤ بتات: تنزيل أصغر وذاكرة أقل، وصور أخشن قليلًا.',
  'Tiny SD trained to need four steps: about ten times faster, with less detail.':
    '‏Tiny SD مدرَّب على الاكتفاء بأربع خطوات: أسرع بنحو عشر مرات، بتفاصيل أقل.',
};
