/** Two soft tones, a fifth apart. */
const tonesHz = [523.25, 783.99];
const toneSec = 0.35;

export function chime(): void {
  const audio = new AudioContext();
  tonesHz.forEach((hz, at) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const start = audio.currentTime + at * (toneSec / 2);
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + toneSec);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + toneSec);
    if (at === tonesHz.length - 1) tone.onended = () => void audio.close();
  });
}
