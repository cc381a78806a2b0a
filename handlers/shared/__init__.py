"""What every conversation uses: screens, buttons, replies, filters. It knows no handler."""
