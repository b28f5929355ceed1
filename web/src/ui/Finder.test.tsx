import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Finder } from './Finder'

const items = [
  { id: 'ann', label: 'Ann', isDisabled: true },
  { id: 'bob', label: 'Bob' },
  { id: 'zoe', label: 'Zoë', words: 'Billing' },
]

function show(props: { isCautious?: boolean } = {}) {
  const onChoose = vi.fn()
  const onActive = vi.fn()
  render(
    <Finder
      label="Who"
      placeholder="Who"
      items={items}
      none={text => `no ${text}`}
      onChoose={onChoose}
      onActive={onActive}
      {...props}
    />,
  )
  return { onChoose, onActive, field: screen.getByRole('combobox') }
}

const option = (name: string) => screen.getByRole('option', { name })

test('it is found without accents, and by its other words', () => {
  const { field, onChoose } = show()
  fireEvent.change(field, { target: { value: 'zoe bill' } })
  expect(screen.getAllByRole('option')).toHaveLength(1)
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(onChoose).toHaveBeenCalledWith('zoe')
  fireEvent.change(field, { target: { value: 'nobody' } })
  expect(screen.getByRole('status').textContent).toBe('no nobody')
})

test('arrows pass by what cannot be chosen, and a press on it does nothing', () => {
  const { field, onChoose } = show()
  expect(option('Bob').getAttribute('aria-selected')).toBe('true')
  fireEvent.keyDown(field, { key: 'ArrowDown' })
  fireEvent.keyDown(field, { key: 'ArrowDown' })
  expect(option('Bob').getAttribute('aria-selected')).toBe('true')
  fireEvent.click(option('Ann'))
  expect(onChoose).not.toHaveBeenCalled()
})

test('the pointer on its way elsewhere changes nothing', () => {
  const { onActive } = show()
  fireEvent.pointerMove(option('Zoë'))
  fireEvent.pointerOver(option('Zoë'))
  expect(option('Bob').getAttribute('aria-selected')).toBe('true')
  expect(onActive).not.toHaveBeenCalledWith('zoe')
})

test('where it is cautious a press only says which', () => {
  const { onActive, onChoose } = show({ isCautious: true })
  fireEvent.click(option('Zoë'))
  expect(onActive).toHaveBeenLastCalledWith('zoe')
  expect(onChoose).not.toHaveBeenCalled()
  fireEvent.doubleClick(option('Zoë'))
  expect(onChoose).toHaveBeenCalledWith('zoe')
})
