"""The athlete's use cases: each gathers what it needs, lets the rules decide, and saves, inside one transaction."""
