"""What several pages use: theme, icons, wording, drops, banners."""
