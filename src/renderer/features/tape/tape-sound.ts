import type { Clock } from '#domain/clock.ts';
import { BeepLimit } from './beep-limit.ts';
import type { TapeHit } from './tape-entry.ts';
import type { TapePreferences } from './tape-preferences.ts';

const BUY_HZ = 880;
const SELL_HZ = 440;
/** Larger prints are higher, by whole tones. */
const STEP = 2 ** (2 / 12);
const BEEP_SECONDS = 0.07;
/** An exponential ramp cannot reach zero. */
const SILENCE = 0.0001;

export type SoundPreferences = Pick<
  TapePreferences,
  'isSoundOn' | 'soundFrom' | 'hearsLiquidations' | 'volume'
>;

/**
 * Beeps for large prints and for liquidations, which buzz: high for buyers, low for sellers. Makes no
 * audio device before it is on.
 */
export class TapeSound {
  readonly #limit: BeepLimit;
  #preferences: SoundPreferences = {
    ...{ isSoundOn: false, soundFrom: 1, hearsLiquidations: false, volume: 0 },
  };
  #context: AudioContext | null = null;

  constructor(clock: Clock) {
    this.#limit = new BeepLimit(clock);
  }

  set(preferences: SoundPreferences): void {
    this.#preferences = preferences;
    if (!preferences.isSoundOn) this.dispose();
  }

  hear({ kind, level, side }: TapeHit): void {
    const { isSoundOn, soundFrom, hearsLiquidations, volume } = this.#preferences;
    if (!isSoundOn || volume === 0 || document.hidden) return;
    if (kind === 'liquidation' ? !hearsLiquidations : level < soundFrom) return;
    if (!this.#limit.take()) return;
    const context = this.#opened();
    if (context === null) return;
    // A browser lets nothing sound before the user has touched the page.
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    const start = context.currentTime;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.type = kind === 'liquidation' ? 'sawtooth' : 'sine';
    tone.frequency.value = (side === 'buy' ? BUY_HZ : SELL_HZ) * STEP ** level;
    gain.gain.setValueAtTime(volume, start);
    gain.gain.exponentialRampToValueAtTime(SILENCE, start + BEEP_SECONDS);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + BEEP_SECONDS);
  }

  /** Null where the browser has no audio for this page: the tape goes on without. */
  #opened(): AudioContext | null {
    try {
      this.#context ??= new AudioContext();
    } catch {
      this.#preferences = { ...this.#preferences, isSoundOn: false };
    }
    return this.#context;
  }

  dispose(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
