"""The screens: a file each; a screen takes what was asked and answers with a template, its values and its JSON twin."""
