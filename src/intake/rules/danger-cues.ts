import { fraud } from './danger-fraud.ts'
import { collapse, cry, height, missing, violence } from './danger-people.ts'
import { current, falling, fire, gas, lift, manhole, slide } from './danger-things.ts'

/** Words of danger by kind; the first kind with a present cue names the danger. */
export const CUES = {
  cry,
  fire,
  gas,
  lift,
  collapse,
  missing,
  current,
  manhole,
  fraud,
  violence,
  height,
  slide,
  falling,
} as const satisfies Record<string, RegExp>

/** Who acts on a danger that no telling of the vocabulary names. */
export const CATEGORY_OF_DANGER: Record<keyof typeof CUES, string> = {
  cry: 'care',
  fire: 'safety_hazard',
  gas: 'power_gas_heat',
  lift: 'elevator',
  collapse: 'care',
  missing: 'care',
  current: 'power_gas_heat',
  manhole: 'water_drainage',
  fraud: 'fraud_security',
  violence: 'neighbor_dispute',
  height: 'care',
  slide: 'safety_hazard',
  falling: 'safety_hazard',
}
