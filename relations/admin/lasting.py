"""A form that leaves the address of a public record as it is."""

from django import forms
from django.core.exceptions import ValidationError

from relations.addresses import check_address


class LastingAddress(forms.ModelForm):
    """Mixin: says of a changed slug why it stays, whoever changes it."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # no stub
        if "slug" in self.fields and self.instance.pk:
            try:
                check_address(self.instance)
            except ValidationError as refusal:
                self.add_error("slug", refusal)
